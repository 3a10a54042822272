package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.data.StreamFolder;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Pace;
import dev.noether.cli.stream.RecordedWorkload;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.Options;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.model.feature.FeatureSchema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code noether replay}. */
@Command(
        name = "replay",
        header = "Write recorded streams into a topic of any Kafka cluster.",
        description = {
            "Rows go out in the order of their times, positional, with the entity as the key; labels stay here.",
            "The test files come behind the training files in event time."
        },
        footer =
                "Example: ./noether replay --data streams/smd --bootstrap localhost:9092 --topic observations --rate 5000")
public final class ReplayCommand implements Callable<Integer> {
    /** Which of an entity's two files. */
    enum Part {
        TRAIN,
        TEST,
        BOTH
    }

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "A folder per entity with train.csv.gz and test.csv.gz.")
    @Nullable
    Path data;

    @Option(names = "--entities", split = ",", paramLabel = "NAME", description = "Which entities (default: all).")
    List<String> entities = List.of();

    @Option(names = "--config", paramLabel = "FILE", description = "The detector's YAML file: its Kafka and its topic.")
    @Nullable
    Path config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Where Kafka answers.")
    @Nullable
    String bootstrap;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Where the observations go.")
    @Nullable
    String topic;

    @Option(names = "--rate", paramLabel = "N", description = "Observations in a second (default: no limit).")
    double rate = Double.POSITIVE_INFINITY;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "BOTH",
            description = "train, test or both (default: both).")
    Part part = Part.BOTH;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Event time of the first row (default: 2026-01-05T00:00:00Z).")
    @Nullable
    Instant start;

    @Override
    public Integer call() throws Exception {
        Path folder = data;
        if (folder == null) {
            throw new IllegalStateException("picocli requires the option");
        }
        if (!(rate > 0)) {
            throw new BadUseException("--rate must be above 0 (got " + rate + ")");
        }
        StreamFolder streams = StreamFolder.open(folder, entities);
        DetectorConfig target = target(streams.featureNames());
        RecordedWorkload workload = RecordedWorkload.read(streams);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        TopicCheck.forSending(target);
        try (ObservationPublisher publisher = new ObservationPublisher(
                target.kafka(), target.topics().observations(), new FeatureSchema(streams.featureNames()))) {
            if (part != Part.TEST) {
                send(workload, workload.history(), publisher, screen);
            }
            if (part != Part.TRAIN) {
                send(workload, workload.live(), publisher, screen);
            }
            publisher.flush();
            screen.line(String.format(
                    Locale.ROOT,
                    "%,d observations of %d entities are in %s.",
                    publisher.delivered(),
                    workload.entities().size(),
                    target.topics().observations()));
            return ExitCode.DONE;
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.INTERRUPTED;
        }
    }

    /** What the options and the file say together. */
    private DetectorConfig target(List<String> features) {
        Path file = config;
        String servers = bootstrap;
        String name = topic;
        if (file == null && (servers == null || name == null)) {
            throw new BadUseException("--bootstrap and --topic must be given, or --config with both");
        }
        DetectorConfig target = file == null
                ? DetectorConfig.withDefaults("replay", new FeatureSchema(features))
                : DetectorConfig.load(file);
        if (file != null && !target.features().names().equals(features)) {
            throw new BadUseException("the features of " + file + " are "
                    + target.features().names() + ", those of the streams are " + features);
        }
        if (servers != null) {
            target = DetectorChoice.at(target, servers);
        }
        if (name == null) {
            return target;
        }
        try {
            return target.with(Options.TOPICS_OBSERVATIONS, name);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--topic: " + exception.getMessage());
        }
    }

    private void send(Workload workload, RowCursor rows, ObservationPublisher publisher, Screen screen)
            throws InterruptedException {
        Instant first = start;
        long shift = first == null ? 0 : first.toEpochMilli() - firstEventTime(workload);
        Pace pace = new Pace(rate);
        while (rows.next()) {
            pace.await();
            publisher.send(
                    workload.entities().get(rows.entity()),
                    rows.eventTime() + shift,
                    rows.values(),
                    ObservationPublisher.Delivery.IGNORED);
            screen.progress(() -> String.format(Locale.ROOT, "sent %,d", publisher.delivered()));
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped");
            }
        }
    }

    private long firstEventTime(Workload workload) {
        RowCursor rows = part == Part.TEST ? workload.live() : workload.history();
        return rows.next() ? rows.eventTime() : Workload.EPOCH.toEpochMilli();
    }
}
