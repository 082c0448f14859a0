/*
 * The floor of the benchmark: the least that a program between etcd and a file can do.
 *
 * usage: floor [-once] ENDPOINT PREFIX TEMPLATE DEST [COMMAND]
 *
 * Reads the keys below PREFIX with `etcdctl get`, follows them with `etcdctl watch`, and at each change writes DEST whole, to a
 * file beside it that is renamed, and runs COMMAND. What has arrived by then is written together. It checks nothing, remembers
 * nothing, retries nothing, and does not fsync. Keys and values are lines of text.
 *
 * In TEMPLATE a line that begins with * stands for all values, one line each, in the order of their keys; @ is the value there,
 * and the value of the first key elsewhere.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct entry {
    char *key;
    char *value;
};

static struct entry *entries;
static size_t count, room;
static char *text; /* of TEMPLATE */
static char *out;  /* what is about to be written */
static size_t out_size, out_room;

static void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, errno ? strerror(errno) : "unexpected");
    exit(1);
}

static void *grown(void *old, size_t size) {
    void *bigger = realloc(old, size);
    if (!bigger) fail("memory");
    return bigger;
}

/* The place of the key, or where it belongs. */
static size_t place(const char *key) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(entries[middle].key, key) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void put(const char *key, const char *value) {
    size_t at = place(key);
    if (at < count && !strcmp(entries[at].key, key)) {
        free(entries[at].value);
    } else {
        if (count == room) entries = grown(entries, (room = room ? 2 * room : 64) * sizeof *entries);
        memmove(entries + at + 1, entries + at, (count++ - at) * sizeof *entries);
        entries[at].key = strdup(key);
    }
    entries[at].value = strdup(value);
}

static void removed(const char *key) {
    size_t at = place(key);
    if (at == count || strcmp(entries[at].key, key)) return;
    free(entries[at].key);
    free(entries[at].value);
    memmove(entries + at, entries + at + 1, (--count - at) * sizeof *entries);
}

static void add(const char *bytes, size_t size) {
    if (out_size + size > out_room) out = grown(out, out_room = 2 * (out_size + size));
    memcpy(out + out_size, bytes, size);
    out_size += size;
}

static void add_line(const char *line, size_t size, const char *value) {
    const char *at;
    while ((at = memchr(line, '@', size))) {
        add(line, at - line);
        add(value, strlen(value));
        size -= at + 1 - line;
        line = at + 1;
    }
    add(line, size);
}

static void write_file(const char *dest, const char *next, const char *command) {
    out_size = 0;
    for (const char *line = text, *end; *line; line = end) {
        end = strchrnul(line, '\n');
        if (*end) end++;
        if (*line == '*') {
            for (size_t i = 0; i < count; i++) add_line(line + 1, end - line - 1, entries[i].value);
        } else {
            add_line(line, end - line, count ? entries[0].value : "");
        }
    }
    int file = open(next, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0) fail(next);
    for (size_t done = 0; done < out_size;) {
        ssize_t written = write(file, out + done, out_size - done);
        if (written < 0) fail(next);
        done += written;
    }
    if (close(file) || rename(next, dest)) fail(dest);
    if (command && system(command)) fprintf(stderr, "floor: %s: failed\n", command);
}

static char *read_all(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat stat;
    if (file < 0 || fstat(file, &stat)) fail(path);
    char *content = grown(NULL, stat.st_size + 1);
    if (read(file, content, stat.st_size) != stat.st_size) fail(path);
    content[stat.st_size] = 0;
    close(file);
    return content;
}

/* The output of etcdctl; both run side by side, so that no change falls between them. */
static FILE *etcdctl(const char *endpoint, const char *what, const char *prefix) {
    char *command;
    if (asprintf(&command, "exec etcdctl --endpoints '%s' %s --prefix '%s'", endpoint, what, prefix) < 0) fail("memory");
    FILE *output = popen(command, "r");
    if (!output) fail(command);
    free(command);
    return output;
}

/* The next line of the stream without its end, in a buffer of its own; NULL at the end. */
static char *next_line(FILE *stream, char **line, size_t *size) {
    ssize_t length = getline(line, size, stream);
    if (length < 0) return NULL;
    if (length && (*line)[length - 1] == '\n') (*line)[length - 1] = 0;
    return *line;
}

int main(int argc, char **argv) {
    int once = argc > 1 && !strcmp(argv[1], "-once");
    argv += once;
    argc -= once;
    if (argc < 5) {
        fprintf(stderr, "usage: floor [-once] ENDPOINT PREFIX TEMPLATE DEST [COMMAND]\n");
        return 2;
    }
    const char *endpoint = argv[1], *prefix = argv[2], *dest = argv[4], *command = argc > 5 ? argv[5] : NULL;
    char *next;
    if (asprintf(&next, "%s.next", dest) < 0) fail("memory");
    setenv("ETCDCTL_API", "3", 1);
    text = read_all(argv[3]);

    FILE *changes = once ? NULL : etcdctl(endpoint, "watch", prefix);
    FILE *present = etcdctl(endpoint, "get", prefix);
    char *key = NULL, *value = NULL;
    size_t key_size = 0, value_size = 0;
    while (next_line(present, &key, &key_size) && next_line(present, &value, &value_size)) put(key, value);
    if (pclose(present)) fail("etcdctl get");
    write_file(dest, next, command);
    if (once) return 0;

    /* A pipe's worth at a time: what etcdctl has written by now is taken together. */
    static char got[1 << 20];
    size_t held = 0;
    for (;;) {
        ssize_t size = read(fileno(changes), got + held, sizeof got - held);
        if (size <= 0) break;
        held += size;
        /* Events are three lines: PUT or DELETE, key, value. */
        size_t used = 0, seen = 0;
        int changed = 0;
        char *line[4] = {got};
        for (size_t i = 0; i < held; i++) {
            if (got[i] != '\n') continue;
            line[++seen] = got + i + 1;
            if (seen < 3) continue;
            line[1][-1] = line[2][-1] = line[3][-1] = 0;
            if (!strcmp(line[0], "PUT")) put(line[1], line[2]);
            else removed(line[1]);
            changed = 1;
            used = i + 1;
            line[0] = got + used;
            seen = 0;
        }
        memmove(got, got + used, held -= used);
        if (changed) write_file(dest, next, command);
    }
    fprintf(stderr, "floor: etcdctl watch has ended\n");
    return 1;
}
