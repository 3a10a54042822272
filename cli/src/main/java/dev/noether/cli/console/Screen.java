package dev.noether.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The console output of a command: permanent lines and one progress line below them. On a terminal the progress line is
 * overwritten; in a file or pipe a new line is printed every five seconds. Thread-safe.
 */
public final class Screen {
    private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean isTerminal;
    private long lastProgress;
    private int shownWidth;

    /**
     * Makes a screen.
     *
     * @param out receiver of the output
     * @param isTerminal whether the progress line can be overwritten
     */
    public Screen(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.lastProgress = System.nanoTime() - PLAIN_INTERVAL.toNanos();
    }

    /** Whether standard output is a terminal. */
    public static boolean isTerminal() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }

    /** Shows a permanent line. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /**
     * Shows the progress line, if it is due.
     *
     * @param text supplier of the line; called only if the line is due
     */
    public synchronized void progress(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - lastProgress < (isTerminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL).toNanos()) {
            return;
        }
        lastProgress = now;
        if (isTerminal) {
            String line = text.get();
            clear();
            out.print(line);
            shownWidth = line.length();
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    private void clear() {
        if (shownWidth > 0) {
            out.print("\r" + " ".repeat(shownWidth) + "\r");
            shownWidth = 0;
        }
    }
}
