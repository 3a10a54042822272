package dev.noether.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.data.StreamDataException;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.training.HistoryTooShortException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit code and output of a command that throws an exception. */
class FailureHandlerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean showsStackTrace;
    private boolean isInterrupted;

    @Test
    void invalidInputIsBadUse() {
        assertThat(run(new BadUseException("--n must be above 0"))).isEqualTo(ExitCode.BAD_USE);
        assertThat(err.toString().lines()).containsExactly("noether: --n must be above 0");

        assertThat(run(new StreamDataException("file line 3: 2 values, expected 3")))
                .isEqualTo(ExitCode.BAD_USE);
    }

    @Test
    void severalProblemsKeepTheirLines() {
        run(new BadUseException("first\nsecond"));

        assertThat(err.toString().lines()).containsExactly("noether: first", "second");
    }

    @Test
    void anExpectedFailureNamesNoLog() {
        assertThat(run(new RetrainingException("no history"))).isEqualTo(ExitCode.FAILED);
        assertThat(run(new HistoryTooShortException(3, 10))).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .containsExactly("noether: no history", "noether: the history has 3 rows; a model needs at least 10");
    }

    @Test
    void anUnexpectedFailureIsOneLineAndNamesTheLog() {
        assertThat(run(new IllegalStateException("it broke \n  in two"))).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("noether: it broke in two; see the log ")
                .endsWith("noether.log");
    }

    @Test
    void anExceptionWithoutAMessageIsNamed() {
        run(new IllegalStateException());

        assertThat(err.toString()).startsWith("noether: java.lang.IllegalStateException; see the log ");
    }

    @Test
    void theStackTraceIsPrintedOnRequest() {
        showsStackTrace = true;

        run(new BadUseException("wrong"));

        assertThat(err.toString()).contains("noether: wrong", BadUseException.class.getName(), "\tat ");
    }

    @Test
    void anInterruptedCommandHasStopped() {
        assertThat(run(new InterruptedException("stopped"))).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(run(new InterruptException("stopped"))).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(Thread.interrupted()).as("Kafka's exception sets the flag").isTrue();

        assertThat(out.toString().lines()).containsExactly("Stopped.", "Stopped.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void afterASignalEveryExceptionIsAStop() {
        isInterrupted = true;

        assertThat(run(new IllegalStateException("the broker has closed"))).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(out.toString().strip()).isEqualTo("Stopped.");
        assertThat(err.toString()).isEmpty();
    }

    private int run(Exception exception) {
        CommandLine command = new CommandLine(new FailingCommand(exception));
        FailureHandler handler = new FailureHandler(() -> showsStackTrace, () -> isInterrupted);
        command.setExecutionExceptionHandler(handler);
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute();
    }

    @Command(name = "fail")
    private static final class FailingCommand implements Callable<Integer> {
        private final Exception exception;

        FailingCommand(Exception exception) {
            this.exception = exception;
        }

        @Override
        public Integer call() throws Exception {
            throw exception;
        }
    }
}
