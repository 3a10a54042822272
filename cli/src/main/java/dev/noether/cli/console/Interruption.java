package dev.noether.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the thread that runs the command. The JVM ends when the command has
 * closed its resources, and after five seconds at the latest; its exit code is that of the signal.
 */
public final class Interruption implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_700);

    private static final Duration HOOK_LIMIT = Duration.ofSeconds(5);

    private final Thread command = Thread.currentThread();
    private final CountDownLatch commandEnd = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean isInterrupted;

    private Interruption() {}

    /** Starts to listen for signals; the calling thread runs the command. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether a signal has arrived. */
    public boolean isInterrupted() {
        return isInterrupted;
    }

    /** Reports that the command has closed its resources. */
    @Override
    public void close() {
        commandEnd.countDown();
        if (!isInterrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shutdownBegan) {
                // The hook runs already; it does not wait because the command has ended.
            }
        }
    }

    private void interrupt() {
        if (commandEnd.getCount() == 0) {
            return;
        }
        isInterrupted = true;
        command.interrupt();
        try {
            if (!commandEnd.await(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                haltLater();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets the JVM end with the code of its signal, as it does when this hook returns, and ends it if another hook does
     * not return. No data are lost: the next start repeats the work that was not committed.
     */
    private static void haltLater() {
        Thread halt = new Thread(
                () -> {
                    try {
                        Thread.sleep(HOOK_LIMIT.toMillis());
                    } catch (InterruptedException now) {
                        // Nobody interrupts this thread.
                    }
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                },
                "halt");
        halt.setDaemon(true);
        halt.start();
    }
}
