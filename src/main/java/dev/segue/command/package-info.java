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
 * <p><b>Why is the supervised child in Segue's own process group?</b> A terminal's Ctrl-C then reaches both, as it would
 * in a shell script, and job control works on both together.
 */
@NullMarked
package dev.segue.command;

import org.jspecify.annotations.NullMarked;
