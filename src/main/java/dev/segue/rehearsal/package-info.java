/**
 * A short life of Segue on a store made for it, for the JVM to watch and write an archive of.
 *
 * <p>Imports {@code cli}, {@code daemon} and the gRPC that jetcd brings; nobody imports it. Not part of any run: {@code
 * bin/segue --make-archive} starts both, the store as a program of its own that tells the other its URLs by a pipe.
 *
 * <p><b>Why is the store not etcd?</b> The archive is made where Segue is started, and there may be no etcd there that it
 * could have for itself. What is archived are Segue's classes and those below it, and they can't tell: a run asks for ranges
 * and watches over HTTP/2 and gets answers.
 *
 * <p><b>Why a rehearsal rather than the first real run?</b> The JVM writes its archive when it ends, and takes seconds for
 * it: a daemon that is told to stop has not got them.
 */
@NullMarked
package dev.segue.rehearsal;

import org.jspecify.annotations.NullMarked;
