package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aFileGetsWholeLines() {
        Screen screen = screen(false);

        screen.line("first");
        screen.progress(() -> "sent 1");
        screen.line("second");

        assertThat(lines()).containsExactly("first", "sent 1", "second");
        assertThat(out.toString()).doesNotContain("\r");
    }

    @Test
    void aProgressLineThatIsNotDueIsNotEvenComputed() {
        Screen screen = screen(false);
        AtomicInteger calls = new AtomicInteger();

        IntStream.range(0, 1_000).forEach(call -> screen.progress(() -> "call " + calls.incrementAndGet()));

        assertThat(lines()).containsExactly("call 1");
        assertThat(calls).hasValue(1);
    }

    @Test
    void onATerminalAPermanentLineErasesTheProgressLine() {
        Screen screen = screen(true);

        screen.progress(() -> "sent 1");
        assertThat(out.toString()).as("no line break yet").isEqualTo("sent 1");
        screen.line("done");

        assertThat(out.toString()).isEqualTo("sent 1\r" + " ".repeat(6) + "\rdone" + System.lineSeparator());
    }

    @Test
    void onATerminalOnlyAShownProgressLineIsErased() {
        Screen screen = screen(true);

        screen.line("first");
        screen.progress(() -> "sent 1");
        screen.line("second");
        screen.line("third");

        assertThat(out.toString().chars().filter(character -> character == '\r'))
                .hasSize(2);
        assertThat(out.toString()).endsWith("second" + System.lineSeparator() + "third" + System.lineSeparator());
    }

    @Test
    void severalProgressLinesAreErasedTogether() {
        Screen screen = screen(true);

        screen.progressLines(() -> List.of("a 1", "b 2", "c 3"));
        assertThat(out.toString()).contains("a 1\nb 2\nc 3").doesNotEndWith("\n");
        screen.line("done");

        assertThat(out.toString()).endsWith("\u001b[2A\r\u001b[Jdone" + System.lineSeparator());
    }

    @Test
    void aFileGetsSeveralProgressLinesWithoutControlSequences() {
        Screen screen = screen(false);

        screen.progressLines(() -> List.of("a 1", "b 2"));
        screen.line("done");

        assertThat(lines()).containsExactly("a 1", "b 2", "done");
    }

    /** A log of a day must not have a block each five seconds. */
    @Test
    void aFileGetsTheSameWordsOnceAMinuteAndOtherWordsSoon() {
        long[] seconds = {0};
        Screen screen = new Screen(new PrintWriter(out), false, () -> seconds[0] * 1_000_000_000L);
        for (; seconds[0] < 180; seconds[0]++) {
            screen.progressLines(() -> List.of("rows " + Math.min(seconds[0], 119), seconds[0] < 70 ? "idle" : "busy"));
        }
        assertThat(lines()).containsExactly("rows 0", "idle", "rows 60", "idle", "rows 70", "busy", "rows 119", "busy");
    }

    private Screen screen(boolean isTerminal) {
        return new Screen(new PrintWriter(out), isTerminal);
    }

    private Stream<String> lines() {
        return out.toString().lines();
    }
}
