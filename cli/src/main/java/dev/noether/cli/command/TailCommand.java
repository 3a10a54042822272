package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.DurationConverter;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.tail.Paint;
import dev.noether.cli.tail.Tail;
import dev.noether.cli.tail.TailOptions;
import dev.noether.cli.tail.TailTopic;
import dev.noether.flink.config.DetectorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code noether tail}. */
@Command(
        name = "tail",
        header = "Show incidents, scores, rejected records or what happened to models, one line each.",
        description = {
            "Shows the newest records and ends; with -f it goes on with those that follow, until Ctrl-C.",
            "Reads what is committed, in Avro and in JSON."
        },
        footer = "Example: ./noether tail incidents --config detector.yaml --since 2h -f")
public final class TailCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Parameters(index = "0", paramLabel = "TOPIC", description = "One of ${COMPLETION-CANDIDATES}.")
    TailTopic topic = TailTopic.INCIDENTS;

    @Option(
            names = "--entity",
            paramLabel = "NAME",
            description = "Only this entity; several with commas between, and * for any characters.")
    @Nullable
    String entity;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Event time of the oldest record: a duration before now, such as 2h, or an instant.")
    @Nullable
    Instant since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most the N newest records (default: 10; with --since all).")
    @Nullable
    Integer limit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with the records that follow.")
    boolean follows;

    @Option(names = "--for", paramLabel = "DURATION", description = "Follow for this long, then end.")
    @Nullable
    Duration length;

    @Option(names = "--json", description = "One JSON object a line, as in the published schemas.")
    boolean isJson;

    @Override
    public Integer call() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("picocli sets the field");
        }
        if (limit != null && limit < 0) {
            throw new BadUseException("--limit must be at least 0 (got " + limit + ")");
        }
        if (entity != null && topic == TailTopic.MODELS) {
            throw new BadUseException("--entity cannot be used with models: a model is of all entities");
        }
        DetectorConfig config = detector.load();
        LogFile.in(Path.of(".noether"));
        TailOptions options = new TailOptions(topic, entity, since, limit, isJson, follows || length != null, length);
        try {
            new Tail(config, options, Output.of(command), command.commandLine().getErr())
                    .run(Paint.of(Screen.isTerminal() && !isJson));
            return ExitCode.DONE;
        } catch (InterruptException stopped) {
            // Nothing is printed: the output may be piped.
            return ExitCode.INTERRUPTED;
        }
    }

    /** Reads a duration before now, or an instant. */
    static final class SinceConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return Instant.now()
                        .minus(new DurationConverter().convert(text))
                        .truncatedTo(ChronoUnit.SECONDS);
            } catch (TypeConversionException noDuration) {
                try {
                    return new InstantConverter().convert(text);
                } catch (TypeConversionException noInstant) {
                    throw new TypeConversionException(
                            "expected a time such as 2024-05-01T10:00:00Z, or a duration such as 2h (got " + text
                                    + ")");
                }
            }
        }
    }
}
