#define _GNU_SOURCE
#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

static atomic_uint arrived;
static int editor_event = -1;   // eventfd that the editor polls
static int watcher_pipe[2] = {-1, -1};

static int terminal_fd = -1;
static struct termios terminal_before;
static atomic_int terminal_edited;

static const int crash_signals[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
enum { crash_count = sizeof crash_signals / sizeof crash_signals[0] };
static struct sigaction crash_before[crash_count];
static int stop_ignored;

void bight_signals_wake(void) {
  uint64_t one = 1;
  ssize_t written = write(editor_event, &one, sizeof one);
  (void)written;  // A full counter is awake already.
}

static void handle(int number) {
  int before = errno;
  switch (number) {
    case SIGINT: atomic_fetch_or(&arrived, BIGHT_INTERRUPT); break;
    case SIGWINCH: atomic_fetch_or(&arrived, BIGHT_RESIZE); break;
    case SIGTSTP: atomic_fetch_or(&arrived, BIGHT_SUSPEND); break;
    case SIGCONT: atomic_fetch_or(&arrived, BIGHT_CONTINUE); break;
    default: break;
  }
  bight_signals_wake();
  if (number == SIGINT || number == SIGTERM || number == SIGHUP) {
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(watcher_pipe[1], &byte, 1);
    (void)written;  // A full pipe holds enough of them.
  }
  errno = before;
}

// No SA_RESTART: a read that waits, of a pipe say, must come back when Ctrl-C is pressed.
static void install(int number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

// Whoever started us with a signal ignored (nohup, a background job) wants it to stay so.
static void install_unless_ignored(int number) {
  struct sigaction before;
  if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN) return;
  install(number, handle);
}

static void handle_crash(int number) {
  bight_terminal_restore();
  for (int i = 0; i < crash_count; i++)
    if (crash_signals[i] == number) sigaction(number, &crash_before[i], NULL);
  raise(number);  // Blocked until this handler has returned.
}

int bight_signals_open(void) {
  if (editor_event >= 0) return 0;
  int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (event < 0) return -1;
  if (pipe2(watcher_pipe, O_CLOEXEC) != 0) {
    int failure = errno;
    close(event);
    errno = failure;
    return -1;
  }
  fcntl(watcher_pipe[1], F_SETFL, O_NONBLOCK);
  editor_event = event;
  // A thread that had them blocked may have started us.
  sigset_t wanted;
  sigemptyset(&wanted);
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) sigaddset(&wanted, numbers[i]);
  pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
  install_unless_ignored(SIGINT);
  install_unless_ignored(SIGTERM);
  install_unless_ignored(SIGHUP);
  // A closed pipe and a limit on files are errors of the write, and no reason to end.
  install(SIGPIPE, SIG_IGN);
  install(SIGXFSZ, SIG_IGN);
  struct sigaction stop;
  stop_ignored = sigaction(SIGTSTP, NULL, &stop) == 0 && stop.sa_handler == SIG_IGN;
  for (int i = 0; i < crash_count; i++) {
    struct sigaction action = {0};
    action.sa_handler = handle_crash;
    action.sa_flags = SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(crash_signals[i], &action, &crash_before[i]);
  }
  atexit(bight_terminal_restore);
  return 0;
}

int bight_signals_descriptor(void) { return editor_event; }

unsigned int bight_signals_take(void) {
  uint64_t count;
  ssize_t taken = read(editor_event, &count, sizeof count);
  (void)taken;
  return atomic_exchange(&arrived, 0);
}

int bight_signals_wait(void) {
  unsigned char byte;
  for (;;) {
    ssize_t count = read(watcher_pipe[0], &byte, 1);
    if (count == 1) return byte;
    if (count < 0 && errno == EINTR) continue;
    pause();
  }
}

void bight_signals_editing(int on) {
  install(SIGWINCH, on ? handle : SIG_DFL);
  // Without job control Ctrl-Z is ignored, and nobody would wake us again.
  if (!stop_ignored) install(SIGTSTP, on ? handle : SIG_DFL);
  install(SIGCONT, on ? handle : SIG_DFL);
}

void bight_signals_stop(void) {
  if (stop_ignored) return;
  bight_signals_editing(0);
  raise(SIGTSTP);
  bight_signals_editing(1);
}

void bight_terminal_remember(int fd) {
  if (tcgetattr(fd, &terminal_before) == 0) terminal_fd = fd;
}

void bight_terminal_editing(int on) { atomic_store(&terminal_edited, on); }

void bight_terminal_restore(void) {
  if (terminal_fd < 0 || !atomic_exchange(&terminal_edited, 0)) return;
  static const char leave[] = "\033[?2004l\r\n";
  tcsetattr(terminal_fd, TCSANOW, &terminal_before);
  ssize_t written = write(STDOUT_FILENO, leave, sizeof leave - 1);
  (void)written;
}
