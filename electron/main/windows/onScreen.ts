interface Size {
  readonly width: number
  readonly height: number
}
interface WindowSize extends Size {
  readonly minWidth: number
  readonly minHeight: number
}

/**
 * A window no larger than the room that the screen leaves, in its scaled points: 1366 × 768 at 150 % has 911 × 512. The
 * page scrolls, but what lies below the edge of the screen is out of reach.
 */
export const onScreen = ({ width, height, minWidth, minHeight }: WindowSize, room: Size): WindowSize => ({
  width: Math.min(width, room.width),
  height: Math.min(height, room.height),
  minWidth: Math.min(minWidth, room.width),
  minHeight: Math.min(minHeight, room.height),
})
