package dev.noether.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.size.SizeDemand;
import dev.noether.cli.size.SizeEstimate;
import dev.noether.cli.size.SizeFormula;
import dev.noether.cli.size.SourceFormat;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.feature.FeatureSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether size}. */
@Command(
        name = "size",
        header = "Estimate memory, disk, cores and partitions of a detector.",
        description = {
            "Computes from measured figures; asks no broker. With --config, the detector's own window, history and"
                    + " retraining count; without it, the defaults.",
            "The formula, and the figures behind it: docs/operations.md, \"Sizing\"."
        },
        sortOptions = false,
        footer = "Example: ./noether size --entities 10000 --features 38 --rate 1000")
public final class SizeCommand implements Callable<Integer> {
    private static final int MOST_FEATURES = 10_000;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--entities", required = true, paramLabel = "N", description = "Number of entities.")
    long entities;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Number of features of an entity (default: those of --config).")
    @Nullable
    Integer features;

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "N",
            description = "Observations in a second, over all entities.")
    double rate;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file of the detector (YAML).")
    @Nullable
    Path config;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "NOETHER",
            description = "Format of the observations: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    SourceFormat format = SourceFormat.NOETHER;

    @Option(
            names = "--retention",
            paramLabel = "DURATION",
            defaultValue = "P7D",
            description = "Time for which Kafka keeps observations and scores (default: ${DEFAULT-VALUE}).")
    Duration retention = Duration.ofDays(7);

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "3",
            description = "Copies of each record in Kafka (default: ${DEFAULT-VALUE}).")
    int replication = 3;

    @Option(names = "--json", description = "Write one JSON object.")
    boolean asJson;

    @Override
    public Integer call() throws IOException {
        SizeDemand demand = BadUseException.checked(() ->
                new SizeDemand(detector(), entities, rate, format, new SizeDemand.Storage(retention, replication)));
        SizeEstimate estimate = SizeFormula.estimate(demand);
        PrintWriter out = Output.of(spec);
        if (asJson) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(estimate));
        } else {
            print(estimate, out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private DetectorConfig detector() {
        if (config != null) {
            DetectorConfig detector = DetectorConfig.load(config);
            if (features != null && features != detector.features().size()) {
                throw new BadUseException("`--features` is " + features + ", and the detector of --config has "
                        + detector.features().size() + "; leave one of them out");
            }
            return detector;
        }
        if (features == null) {
            throw new BadUseException("--features is missing, and --config too; expected one of them");
        }
        if (features < 1 || features > MOST_FEATURES) {
            throw new BadUseException("`--features` must be in [1, " + MOST_FEATURES + "] (got " + features + ")");
        }
        return DetectorConfig.withDefaults(
                "size",
                new FeatureSchema(IntStream.range(0, features)
                        .mapToObj(index -> "f" + index)
                        .toList()));
    }

    private static void print(SizeEstimate estimate, PrintWriter out) {
        SizeEstimate.Scoring scoring = estimate.scoring();
        SizeEstimate.Retraining retraining = estimate.retraining();
        SizeEstimate.Kafka kafka = estimate.kafka();
        out.println("Scoring job");
        line(out, "cores", "%.2f; a job that was stopped catches up at three times the rate", scoring.cores());
        line(out, "parallelism", "%,d", scoring.parallelism());
        line(
                out,
                "task managers",
                "%,d with 2 slots and %s each",
                scoring.taskManagers(),
                size(scoring.taskManagerMemory()));
        line(out, "state", "%s; %,d bytes an entity", size(scoring.stateMemory()), scoring.entityBytes());
        line(out, "checkpoints", "%s of disk or object store", size(scoring.checkpointDisk()));
        out.println("Retrainer");
        line(out, "heap", "%s (NOETHER_HEAP)", size(retraining.heap()));
        line(
                out,
                "training",
                "about %,d s for a history of %,d observations",
                retraining.seconds(),
                retraining.historyRows());
        out.println("Kafka");
        line(out, "partitions", "%,d of the observations topic", kafka.partitions());
        line(
                out,
                "disk",
                "%s over all brokers; %,d bytes an observation and %,d a score, before compression",
                size(kafka.disk()),
                kafka.observationBytes(),
                kafka.scoreBytes());
        estimate.advice().forEach(out::println);
    }

    private static void line(PrintWriter out, String name, String text, Object... values) {
        out.printf(Locale.ROOT, "  %-15s%s%n", name, String.format(Locale.ROOT, text, values));
    }

    private static String size(long mebibytes) {
        return mebibytes < 10_240 ? "%,d MiB".formatted(mebibytes) : "%,.1f GiB".formatted(mebibytes / 1024.0);
    }
}
