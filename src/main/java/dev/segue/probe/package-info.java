/**
 * Asks a running program over HTTP what it serves: for {@code verify_url}, and for whatever must know that a server is up.
 *
 * <p>Imports the JDK alone. Any thread may ask; the network is waited for on a thread of its own for each question, because
 * neither a name look-up nor a read heeds a deadline for the whole or an interrupt. Who asks waits at most as long as it
 * says, or until it is interrupted, and then closes the connection under that thread.
 *
 * <p><b>Why a fresh connection each time?</b> A kept one leads to the process that answered last: an old nginx worker goes
 * on serving it after a reload. For the same reason no proxy and no cache stand in between, and no redirect leads
 * elsewhere.
 *
 * <p><b>Why not one of the JDK's HTTP clients?</b> {@code HttpURLConnection} was tried: it uses a connection again if the
 * server ignores {@code Connection: close}, asks a second time behind one's back, takes half a body for a whole one and
 * throws unchecked exceptions at some answers. {@code HttpClient} keeps a thread and a pool. One GET in HTTP/1.0, which has
 * neither kept connections nor chunks, is a page of code.
 */
@NullMarked
package dev.segue.probe;

import org.jspecify.annotations.NullMarked;
