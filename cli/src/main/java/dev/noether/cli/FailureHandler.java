package dev.noether.cli;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.data.StreamDataException;
import dev.noether.console.http.ServerStartException;
import dev.noether.console.store.StoreException;
import dev.noether.embedded.BrokerStartException;
import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.judgement.FeedbackException;
import dev.noether.flink.kafka.AccessProblem;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.owner.OwnerException;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.source.registry.SourceUnavailableException;
import dev.noether.model.training.TrainingRefusedException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns an exception of a command into an error message of one line per problem and an exit code. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier showsStackTrace;
    private final BooleanSupplier isInterrupted;

    /**
     * Makes a handler.
     *
     * @param showsStackTrace whether to print stack traces
     * @param isInterrupted whether the user has stopped the command
     */
    FailureHandler(BooleanSupplier showsStackTrace, BooleanSupplier isInterrupted) {
        this.showsStackTrace = showsStackTrace;
        this.isInterrupted = isInterrupted;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName(" ");
        String message = exception instanceof UnmatchedArgumentException unmatched
                ? UnknownArgument.message(unmatched)
                : oneLine(exception);
        printError(command, message + " (see ./" + name + " --help)", exception);
        return ExitCode.BAD_USE;
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (isInterrupted.getAsBoolean() || isInterruption(exception)) {
            command.getOut().println("Stopped.");
            command.getOut().flush();
            return ExitCode.INTERRUPTED;
        }
        if (isBadUse(exception)) {
            printError(command, String.valueOf(exception.getMessage()), exception);
            return ExitCode.BAD_USE;
        }
        Optional<String> access = AccessProblem.of(exception);
        if (access.isPresent()) {
            printError(command, "Kafka: " + access.get(), exception);
            return ExitCode.BAD_USE;
        }
        LoggerFactory.getLogger(FailureHandler.class)
                .error("The command `{}` failed.", command.getCommandName(), exception);
        boolean isExpected = exception instanceof RetrainingException
                || exception instanceof TrainingRefusedException
                || exception instanceof OwnerException
                || exception instanceof SourceUnavailableException;
        printError(command, oneLine(exception) + (isExpected ? "" : "; see the log " + LogFile.current()), exception);
        return ExitCode.FAILED;
    }

    private static boolean isBadUse(Exception exception) {
        return exception instanceof BadUseException
                || exception instanceof ConfigurationException
                || exception instanceof TopicException
                || exception instanceof FeedbackException
                || exception instanceof StoreException
                || exception instanceof ServerStartException
                || exception instanceof StreamDataException
                || exception instanceof BrokerStartException;
    }

    private static boolean isInterruption(Exception exception) {
        return exception instanceof InterruptedException || exception instanceof InterruptException;
    }

    private void printError(CommandLine command, String message, Exception exception) {
        PrintWriter err = command.getErr();
        err.println("noether: " + message);
        if (showsStackTrace.getAsBoolean()) {
            exception.printStackTrace(err);
        }
        err.flush();
    }

    private static String oneLine(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
