package dev.noether.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the user sees: lines that stay, and one line of progress below them. On a terminal that line is rewritten, elsewhere
 * it is a plain line every few seconds. Thread-safe.
 */
public final class Screen {
    private static final Duration REWRITE = Duration.ofMillis(200);
    private static final Duration PLAIN = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final boolean terminal;
    private long lastProgress;
    private int shownWidth;

    /**
     * Makes a screen.
     *
     * @param out where it goes
     * @param terminal whether a line can be rewritten there
     */
    public Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.lastProgress = System.nanoTime() - PLAIN.toNanos();
    }

    /** Whether standard output is a terminal. */
    public static boolean isTerminal() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb");
    }

    /** Shows a line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Shows progress, if it is time for it. */
    public synchronized void progress(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - lastProgress < (terminal ? REWRITE : PLAIN).toNanos()) {
            return;
        }
        lastProgress = now;
        if (terminal) {
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
