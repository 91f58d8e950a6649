#define _GNU_SOURCE
#include "CEditline.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wctype.h>

void bight_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

int bight_width(unsigned int scalar) {
  return iswprint((wint_t)scalar) ? wcwidth((wchar_t)scalar) : -1;
}

EditLine *bight_el_open(const char *program) {
  // What libedit says of an unknown terminal is told by us, in our words.
  FILE *silence = fopen("/dev/null", "we");
  return el_init(program, stdin, stdout, silence ? silence : stderr);
}

void bight_el_set_owner(EditLine *el, void *owner) { el_set(el, EL_CLIENTDATA, owner); }

void *bight_el_owner(EditLine *el) {
  void *owner = NULL;
  el_get(el, EL_CLIENTDATA, &owner);
  return owner;
}

void bight_el_set_reader(EditLine *el, int (*reader)(EditLine *, wchar_t *)) {
  el_set(el, EL_GETCFN, reader);
}

void bight_el_set_prompt(EditLine *el, char *(*prompt)(EditLine *)) {
  el_set(el, EL_PROMPT_ESC, prompt, '\1');
}

int bight_el_add_command(
    EditLine *el, const char *name, unsigned char (*command)(EditLine *, wint_t)) {
  return el_set(el, EL_ADDFN, name, name, command);
}

int bight_el_bind(EditLine *el, const char *key, const char *command) {
  return el_set(el, EL_BIND, key, command, NULL);
}

void bight_el_release_keys(EditLine *el) {
  el_set(el, EL_SETTY, "-d", "-ixon", "-icrnl", "-inlcr", NULL);
}

void bight_el_refresh(EditLine *el) { el_set(el, EL_REFRESH); }

void bight_el_raw(EditLine *el, int raw) { el_set(el, EL_PREP_TERM, raw); }

int bight_el_number(EditLine *el, const char *name) {
  int number = 0;
  if (el_get(el, EL_GETTC, name, &number, NULL) != 0) return 0;
  return number;
}

int bight_el_speaks_ansi(EditLine *el) {
  char *clear = NULL;
  char *up = NULL;
  if (el_get(el, EL_GETTC, "ce", &clear, NULL) != 0 || clear == NULL) return 0;
  if (el_get(el, EL_GETTC, "up", &up, NULL) != 0 || up == NULL) return 0;
  return strncmp(clear, "\033[", 2) == 0;
}

void bight_terminal_size(int fd, int *rows, int *columns) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) memset(&size, 0, sizeof size);
  *rows = size.ws_row;
  *columns = size.ws_col;
}
