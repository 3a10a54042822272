package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads and checks artifacts on threads of its own, so that a store that does not answer cannot hold up a task. Each
 * attempt has a thread, because one address may hang while another works. Thread safe.
 */
public final class ReleaseLoader implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ReleaseCheck check;
    private final ExecutorService executor;

    /**
     * Creates a loader without threads.
     *
     * @param check check of the detector
     * @param classes class loader of the threads: file systems may look for classes with it
     */
    public ReleaseLoader(ReleaseCheck check, ClassLoader classes) {
        this.check = check;
        this.executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "model-loader");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(classes);
                    return thread;
                });
    }

    /** Starts an attempt to read the artifact of a release. */
    public Future<ReleaseDecision> start(ModelRelease release) {
        return executor.submit(() -> check.examine(release));
    }

    /** Interrupts all attempts; does not wait for their end. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
