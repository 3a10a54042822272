package dev.noether.flink.renewal;

import org.jspecify.annotations.Nullable;

/**
 * The thread that trains, while it trains: so that the loss of the leadership interrupts a training and nothing else.
 * Thread safe.
 */
final class TrainingThread {
    private @Nullable Thread thread;

    /** This thread trains from now on. */
    synchronized void begin() {
        thread = Thread.currentThread();
    }

    /** Interrupts the training; does nothing if there is none. */
    synchronized void interrupt() {
        Thread trains = thread;
        if (trains != null) {
            trains.interrupt();
        }
    }

    /** This thread does not train any more. */
    synchronized void end() {
        thread = null;
    }
}
