package dev.segue.command;

/** What a process of nginx is for, by the title that nginx gives it (ngx_process_cycle.c, ngx_setproctitle). */
enum NginxRole {
    MASTER,
    /** Takes new connections. */
    WORKER,
    /** Takes none since before it got this title, and ends with its last connection. */
    DRAINING_WORKER,
    /** The cache's manager or loader, which serve nobody. */
    HELPER,
    /** Not nginx. */
    NONE;

    /** What the process with this command line is; {@link #NONE} for one that has ended. */
    static NginxRole of(String title) {
        if (title.contains(": worker process is shutting down")) {
            return DRAINING_WORKER;
        }
        if (title.contains(": worker process")) {
            return WORKER;
        }
        if (title.contains(": master process")) {
            return MASTER;
        }
        return title.startsWith("nginx: ") ? HELPER : NONE;
    }
}
