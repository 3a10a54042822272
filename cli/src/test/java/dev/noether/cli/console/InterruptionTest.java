package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SIGTERM to a small process that listens for signals. */
class InterruptionTest {
    private static final String READY = "ready";
    private static final int SIGTERM_EXIT_CODE = 143;

    @Test
    void aSignalInterruptsTheCommandAndWaitsForItsEnd() throws Exception {
        Process process = start("closes");
        assertThat(new String(process.getInputStream().readNBytes(READY.length()), StandardCharsets.UTF_8))
                .isEqualTo(READY);

        // Process.destroy() would close the output.
        process.toHandle().destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT_CODE);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(" interrupted closed");
    }

    /** On a busy machine closing takes long. The exit code must not depend on that. */
    @Test
    void aCommandThatClosesTooSlowlyHasTheSameExitCode() throws Exception {
        Process process = start("hangs");
        assertThat(new String(process.getInputStream().readNBytes(READY.length()), StandardCharsets.UTF_8))
                .isEqualTo(READY);
        process.toHandle().destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM_EXIT_CODE);
    }

    @Test
    void withoutASignalNothingIsInterrupted() {
        Interruption interruption = Interruption.listen();
        interruption.close();

        assertThat(interruption.isInterrupted()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Process start(String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InterruptibleCommand.class.getName(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A command that sleeps until it is interrupted, and then takes a moment to close. */
    public static final class InterruptibleCommand {
        private InterruptibleCommand() {}

        /** Runs the command. */
        public static void main(String[] arguments) throws InterruptedException {
            Interruption interruption = Interruption.listen();
            System.out.print(READY);
            System.out.flush();
            try {
                TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException stopped) {
                System.out.print(interruption.isInterrupted() ? " interrupted" : " woken without a signal");
                TimeUnit.MILLISECONDS.sleep(arguments[0].equals("hangs") ? 300_000 : 300);
            }
            System.out.print(" closed");
            System.out.flush();
            interruption.close();
        }
    }
}
