package dev.noether.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the thread that runs the command, and holds the JVM's end back until that
 * thread has tidied up, for five seconds at most.
 */
public final class Interruption implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(4_700);

    private final Thread command = Thread.currentThread();
    private final CountDownLatch tidied = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean interrupted;

    private Interruption() {}

    /** Begins to listen, for the calling thread. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the JVM is on its way down. */
    public boolean interrupted() {
        return interrupted;
    }

    /** The command has tidied up. */
    @Override
    public void close() {
        tidied.countDown();
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyGoingDown) {
                // Then the hook has run, or finds nothing to wait for.
            }
        }
    }

    private void interrupt() {
        if (tidied.getCount() == 0) {
            return;
        }
        interrupted = true;
        command.interrupt();
        try {
            if (!tidied.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                // Data are safe: what was not committed is done again by the next start.
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
