/**
 * Other programs: commands that run for a while and end, the one child that Segue supervises, and what the process table
 * tells of a program that is told to reload.
 *
 * <p>Imports {@code keys} and the JDK; nobody else starts a process. Commands run on the thread that asks for them, many
 * at a time; each has a thread of its own that reads its output.
 *
 * <p><b>Why {@code setsid}?</b> A time limit must end the command and everything that it started. Java can signal one
 * process at a time; a process group takes a signal as one, also for children whose parent is gone. Java's children lead
 * no group, so {@code setsid} need not fork: the command's pid is the number of its group. Where there is no {@code
 * setsid}, the command and all of its descendants are signalled one by one, which an orphan escapes.
 *
 * <p><b>Why does the shell's end end the command, and not the end of its output?</b> {@code reload_cmd = "start-daemon
 * &"} leaves a child that holds the output open for as long as it lives. Nobody waits for it; its output is read on and
 * dropped, so that it neither blocks nor dies of a broken pipe.
 *
 * <p><b>How is a running command ended from outside?</b> By interrupting the thread that runs it: the one way that
 * leaves no moment between two commands in which the request is lost.
 *
 * <p><b>Why has the supervised child a process group of its own?</b> Apache's prefork sends its TERM and its HUP to the whole
 * group that it is in: to Segue, that was a second signal in the midst of its stop. And what is typed on a terminal goes to a
 * whole group: Ctrl-C has nginx drop the requests that it serves, and a resized window is WINCH, which ends Apache. Now Segue
 * alone hears of Ctrl-C, and passes on the child's own graceful stop. The session is a new one too, so that the child may read
 * the terminal that Segue is on.
 */
@NullMarked
package dev.segue.command;

import org.jspecify.annotations.NullMarked;
