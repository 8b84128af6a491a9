/*
 * A HID device in the kernel (/dev/uhid), for as long as standard input lasts.
 * uhid NAME VENDOR PRODUCT DESCRIPTOR: numbers and descriptor in hexadecimal.
 * Each line of standard input is one or more input reports in hexadecimal, sent one after the other.
 */
#include <fcntl.h>
#include <linux/input.h>
#include <linux/uhid.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t bytes_of(const char *hex, unsigned char *out, size_t room) {
  size_t length = 0;
  unsigned int byte;
  while (length < room && sscanf(hex + 2 * length, "%2x", &byte) == 1) out[length++] = (unsigned char)byte;
  return length;
}

/* The kernel asks (start, open, get report): what it asks is read and needs no answer here. */
static void *listen_to_kernel(void *device) {
  struct uhid_event event;
  while (read(*(int *)device, &event, sizeof event) > 0) continue;
  return NULL;
}

int main(int count, char **words) {
  static struct uhid_event event;
  static char line[1 << 16];
  pthread_t listener;
  int device = open("/dev/uhid", O_RDWR | O_CLOEXEC);
  if (count != 5 || device < 0) return 1;
  event.type = UHID_CREATE2;
  strncpy((char *)event.u.create2.name, words[1], sizeof event.u.create2.name - 1);
  event.u.create2.bus = BUS_USB;
  event.u.create2.vendor = (unsigned int)strtoul(words[2], NULL, 16);
  event.u.create2.product = (unsigned int)strtoul(words[3], NULL, 16);
  event.u.create2.rd_size = (unsigned short)bytes_of(words[4], event.u.create2.rd_data, sizeof event.u.create2.rd_data);
  if (write(device, &event, sizeof event) < 0) return 1;
  pthread_create(&listener, NULL, listen_to_kernel, &device);
  while (fgets(line, sizeof line, stdin)) {
    for (char *report = strtok(line, " \n"); report; report = strtok(NULL, " \n")) {
      memset(&event, 0, sizeof event);
      event.type = UHID_INPUT2;
      event.u.input2.size = (unsigned short)bytes_of(report, event.u.input2.data, sizeof event.u.input2.data);
      if (write(device, &event, sizeof event) < 0) return 1;
    }
  }
  return 0;
}
