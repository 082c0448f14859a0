/**
 * State as monitoring wants it: {@code /healthz}, {@code /readyz}, {@code /status} and {@code /metrics}.
 *
 * <p>Imports {@code status}, {@code plan} and {@code settings}, the JDK's HTTP server, Gson's writer and the Prometheus
 * library. Reads the board and nothing else: a request costs no look at a file or the store, and can change nothing.
 *
 * <p><b>Threads.</b> The server's own thread accepts, a few daemon threads answer. None of them does work of the
 * daemon's, so no client, however slow or many, holds up a pass.
 *
 * <p><b>Why snapshots instead of live counters?</b> What is counted is on the board anyway. Made from one picture, the
 * figures of one scrape agree with one another, and a resource that is gone takes its series along.
 */
@NullMarked
package dev.segue.http;

import org.jspecify.annotations.NullMarked;
