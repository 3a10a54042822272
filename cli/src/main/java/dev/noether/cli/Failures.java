package dev.noether.cli;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.data.StreamDataException;
import dev.noether.embedded.BrokerStartException;
import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.kafka.TopicException;
import dev.noether.model.training.TrainingRefusedException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the user is told when a command fails: one line, or one for each problem, and an exit code that says whose fault. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier stackTrace;
    private final BooleanSupplier interrupted;

    Failures(BooleanSupplier stackTrace, BooleanSupplier interrupted) {
        this.stackTrace = stackTrace;
        this.interrupted = interrupted;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String help = command.getCommandSpec().qualifiedName(" ");
        return bad(command, oneLine(exception) + " (see ./" + help + " --help)", exception);
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (interrupted.getAsBoolean() || isInterruption(exception)) {
            command.getOut().println("Stopped.");
            command.getOut().flush();
            return ExitCode.INTERRUPTED;
        }
        if (isBadUse(exception)) {
            return bad(command, String.valueOf(exception.getMessage()), exception);
        }
        LoggerFactory.getLogger(Failures.class).error("{} failed.", command.getCommandName(), exception);
        boolean isExpected = exception instanceof RetrainingException || exception instanceof TrainingRefusedException;
        say(command, oneLine(exception) + (isExpected ? "" : "; the log is " + LogFile.current()), exception);
        return ExitCode.FAILED;
    }

    private static boolean isBadUse(Exception exception) {
        return exception instanceof BadUseException
                || exception instanceof ConfigurationException
                || exception instanceof TopicException
                || exception instanceof StreamDataException
                || exception instanceof BrokerStartException;
    }

    private static boolean isInterruption(Exception exception) {
        return exception instanceof InterruptedException || exception instanceof InterruptException;
    }

    private int bad(CommandLine command, String message, Exception exception) {
        say(command, message, exception);
        return ExitCode.BAD_USE;
    }

    private void say(CommandLine command, String message, Exception exception) {
        PrintWriter err = command.getErr();
        err.println("noether: " + message);
        if (stackTrace.getAsBoolean()) {
            exception.printStackTrace(err);
        }
        err.flush();
    }

    private static String oneLine(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
