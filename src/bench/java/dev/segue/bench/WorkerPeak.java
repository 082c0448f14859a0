package dev.segue.bench;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** The most worker processes that nginx has at a time, looked at every 20 ms. */
final class WorkerPeak {
    private final Thread thread;
    private volatile boolean stopping;
    private volatile int workers;
    private volatile String failure;

    WorkerPeak(Nginx nginx) {
        thread = new Thread(() -> look(nginx));
        thread.setDaemon(true);
        thread.start();
    }

    int workers() throws BenchException {
        if (failure != null) {
            throw new BenchException("nginx's workers cannot be counted: " + failure);
        }
        return workers;
    }

    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void look(Nginx nginx) {
        try {
            while (!stopping) {
                workers = Math.max(workers, nginx.workers());
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }
}
