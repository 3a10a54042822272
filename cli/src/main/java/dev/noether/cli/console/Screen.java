package dev.noether.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The console output of a command: permanent lines, and below them progress, which is one line or several. On a terminal
 * the progress is overwritten; in a file or pipe a line is printed anew every five seconds, several lines every minute and
 * when they say something else than other numbers. Thread-safe.
 */
public final class Screen {
    private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
    /** Between two blocks of several lines that differ in their numbers alone. */
    private static final Duration PLAIN_BLOCK_INTERVAL = Duration.ofMinutes(1);

    private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9.,:]*");
    /** Control sequences of ECMA-48 and of DEC's terminals, which all present ones understand. */
    private static final String ERASE_BELOW = "\u001b[J";

    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter out;
    private final boolean isTerminal;
    private final LongSupplier clock;
    private long lastProgress;
    private int shownWidth;
    private int shownLines;
    private long lastBlock;
    private String lastWords = "";
    private String lastText = "";

    /**
     * Makes a screen.
     *
     * @param out receiver of the output
     * @param isTerminal whether the progress line can be overwritten
     */
    public Screen(PrintWriter out, boolean isTerminal) {
        this(out, isTerminal, System::nanoTime);
    }

    /** Makes a screen with a clock of nanoseconds. */
    Screen(PrintWriter out, boolean isTerminal, LongSupplier clock) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.clock = clock;
        this.lastProgress = clock.getAsLong() - PLAIN_INTERVAL.toNanos();
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
        long now = clock.getAsLong();
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

    /**
     * Shows progress in several lines, if it is due. On a terminal, what does not fit into a line is cut off. Otherwise a
     * block with the words of the one before is shown after a minute, and only if a number has changed.
     *
     * @param lines supplier of at least one line; called only if the progress is due
     */
    public synchronized void progressLines(Supplier<List<String>> lines) {
        long now = clock.getAsLong();
        if (now - lastProgress < (isTerminal ? TERMINAL_INTERVAL : PLAIN_INTERVAL).toNanos()) {
            return;
        }
        lastProgress = now;
        List<String> shown = lines.get();
        if (isTerminal) {
            clear();
            out.print(NO_WRAP + String.join("\n", shown) + WRAP);
            shownLines = shown.size();
        } else if (isNews(String.join("\n", shown), now)) {
            shown.forEach(out::println);
        }
        out.flush();
    }

    private boolean isNews(String text, long now) {
        String words = NUMBERS.matcher(text).replaceAll("#");
        boolean isLater = now - lastBlock >= PLAIN_BLOCK_INTERVAL.toNanos() && !text.equals(lastText);
        if (words.equals(lastWords) && !isLater) {
            return false;
        }
        lastWords = words;
        lastText = text;
        lastBlock = now;
        return true;
    }

    private void clear() {
        if (shownWidth > 0) {
            out.print("\r" + " ".repeat(shownWidth) + "\r");
            shownWidth = 0;
        }
        if (shownLines > 0) {
            out.print((shownLines > 1 ? "\u001b[" + (shownLines - 1) + "A" : "") + "\r" + ERASE_BELOW);
            shownLines = 0;
        }
    }
}
