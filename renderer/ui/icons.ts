import {
  Activity, AlarmClock, ArrowRight, BadgeCheck, Ban, Bell, Building2, Calendar, CalendarClock, Check, ChevronDown, ChevronRight, CircleAlert, CircleCheck,
  CircleHelp, Clock, CloudOff, CloudUpload, Coins, Copy, CornerDownLeft, CreditCard, Eraser, Eye, EyeOff, FileCheck2, FilePlus2, FileText, Fingerprint, Hash, History,
  Hourglass, House, IdCard, Inbox, Info, Keyboard, KeyRound, Landmark, Languages, LayoutDashboard, Link2, List, LockKeyhole, LogIn, LogOut, Mail,
  MapPin, Minus, Monitor, Moon, PackageCheck, Paperclip, Pause, PenLine, Plug, Plus, Power, Printer, PrinterCheck, Radio, ReceiptText, RefreshCw, RotateCcw,
  Save, Scale, ScanLine, Search, Send, Server, ServerOff, Settings, ShieldAlert, ShieldCheck, ShieldQuestionMark, Sparkles, SquareUser, Stamp, Sun, Trash2, TriangleAlert,
  Undo2, Upload, User, UserCheck, Users, UserRound, Wifi, WifiOff, Wrench, X,
} from '@lucide/vue'
import type { Component } from 'vue'

/** Every icon that a screen may name; a name that is not here does not compile. */
export const icons = {
  activity: Activity, alarm: AlarmClock, arrow: ArrowRight, authentic: BadgeCheck, ban: Ban, bell: Bell, office: Building2, calendar: Calendar,
  appointment: CalendarClock, check: Check, down: ChevronDown, next: ChevronRight, alert: CircleAlert, done: CircleCheck, help: CircleHelp, clock: Clock,
  offline: CloudOff, upload: CloudUpload, fee: Coins, copy: Copy, enter: CornerDownLeft, card: CreditCard, erase: Eraser, eye: Eye, eyeOff: EyeOff,
  complete: FileCheck2, draft: FilePlus2, file: FileText, proof: Fingerprint, number: Hash, history: History, wait: Hourglass, home: House, counter: IdCard,
  inbox: Inbox, info: Info, keyboard: Keyboard, key: KeyRound, administration: Landmark, language: Languages, supervision: LayoutDashboard, link: Link2,
  list: List, lock: LockKeyhole, signIn: LogIn, signOut: LogOut, mail: Mail, address: MapPin, minus: Minus, screen: Monitor, dark: Moon,
  delivered: PackageCheck, attach: Paperclip, pause: Pause, type: PenLine, devices: Plug, add: Plus, power: Power, printer: Printer,
  printed: PrinterCheck, live: Radio, receipt: ReceiptText, sync: RefreshCw, retry: RotateCcw, save: Save, law: Scale, scan: ScanLine, search: Search,
  send: Send, server: Server, serverOff: ServerOff, settings: Settings, shieldAlert: ShieldAlert, shieldCheck: ShieldCheck,
  shieldUnknown: ShieldQuestionMark, training: Sparkles, photo: SquareUser, stamp: Stamp, light: Sun, remove: Trash2, warning: TriangleAlert, undo: Undo2,
  import: Upload, user: User, citizen: UserCheck, queue: Users, agent: UserRound, network: Wifi, networkOff: WifiOff, repair: Wrench, close: X,
} as const satisfies Record<string, Component>

export type IconName = keyof typeof icons
