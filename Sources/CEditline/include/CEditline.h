#ifndef BIGHT_CEDITLINE_H
#define BIGHT_CEDITLINE_H

#include <stdio.h>
#include <wchar.h>
#include <histedit.h>

// Characters.

/// Makes the character functions of C speak UTF-8. Touches LC_CTYPE only: numbers keep their point.
void bight_use_utf8(void);
/// Terminal columns of a character, or -1 if it cannot be shown.
int bight_width(unsigned int scalar);

// libedit: what Swift cannot call because it takes a variable list, or a FILE.

EditLine *bight_el_open(const char *program);
void bight_el_set_owner(EditLine *el, void *owner);
void *bight_el_owner(EditLine *el);
void bight_el_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *));
void bight_el_set_prompt(EditLine *el, char *(*prompt)(EditLine *));
int bight_el_add_command(EditLine *el, const char *name, unsigned char (*command)(EditLine *, wint_t));
int bight_el_bind(EditLine *el, const char *key, const char *command);
/// Frees Ctrl-S and Ctrl-Q for editing, and keeps carriage returns apart from newlines.
void bight_el_release_keys(EditLine *el);
void bight_el_refresh(EditLine *el);
void bight_el_raw(EditLine *el, int raw);
/// A number such as `co` or `li` of the terminal's description.
int bight_el_number(EditLine *el, const char *name);
/// 1 if the terminal knows the usual escape sequences for moving and clearing.
int bight_el_speaks_ansi(EditLine *el);
/// Rows and columns that the terminal says it has, 0 where it does not say.
void bight_terminal_size(int fd, int *rows, int *columns);

// Signals. The handlers are C because little of Swift may run inside one.

enum {
  BIGHT_INTERRUPT = 1,
  BIGHT_RESIZE = 2,
  BIGHT_SUSPEND = 4,
  BIGHT_CONTINUE = 8,
};

/// Makes the descriptors and installs the handlers that last: SIGINT, SIGTERM, SIGHUP and those of a
/// crash. SIGPIPE and SIGXFSZ are ignored. Answers 0, or -1 and errno.
int bight_signals_open(void);
/// Readable when something has arrived since the last `bight_signals_take`, or `bight_signals_wake`.
int bight_signals_descriptor(void);
/// What has arrived, as a sum of the numbers above, and forgets it.
unsigned int bight_signals_take(void);
void bight_signals_wake(void);
/// Waits for SIGINT, SIGTERM or SIGHUP and answers its number.
int bight_signals_wait(void);
/// Turns on the signals that matter only while a line is edited: size, stop and continue.
void bight_signals_editing(int on);
/// Stops the process as Ctrl-Z does, and returns when it goes on.
void bight_signals_stop(void);

// The terminal, as it was before any editing.

void bight_terminal_remember(int fd);
void bight_terminal_editing(int on);
/// Gives the terminal back if a line is being edited. May be called from a signal handler.
void bight_terminal_restore(void);

#endif
