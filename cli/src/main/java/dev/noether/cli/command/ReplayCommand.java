package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.data.StreamFolder;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.RateLimiter;
import dev.noether.cli.stream.RecordedWorkload;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.TopicSection;
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

/** {@code noether replay}: sends recorded streams to a topic. */
@Command(
        name = "replay",
        header = "Send recorded streams to a topic of a Kafka cluster.",
        description = {
            "Sends the rows in the order of their times, with positional features and the entity as the key.",
            "The event times of the test files follow those of the training files. Labels are not sent.",
            "A file has a header with a column t, time, timestamp, date, datetime or ts: dates, times since 1970 in s, ms,"
                    + " µs or ns, or minutes. Commas, semicolons or tabs separate the values."
        },
        footer = "Example: ./noether replay --data streams/smd --bootstrap localhost:9092 --topic observations --rate"
                + " 5000")
public final class ReplayCommand implements Callable<Integer> {
    /** The files of an entity to send. */
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
            description = "Folder with one subfolder per entity, each with train.csv.gz and test.csv.gz.")
    @Nullable
    Path data;

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "NAME",
            description = "Entities to send, with commas between (default: all).")
    List<String> entities = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file of a detector (YAML): its Kafka cluster and its topic.")
    @Nullable
    Path config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Address of a Kafka broker.")
    @Nullable
    String bootstrap;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Topic of the observations.")
    @Nullable
    String topic;

    @Option(names = "--rate", paramLabel = "N", description = "Observations per second (default: no limit).")
    double rate = Double.POSITIVE_INFINITY;

    @Option(
            names = "--part",
            paramLabel = "PART",
            defaultValue = "BOTH",
            description = "Files to send: train, test or both (default: both).")
    Part part = Part.BOTH;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Event time of the first row (default: that of the files; 2026-01-05T00:00:00Z if they count"
                    + " minutes).")
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
        requirePossibleTimes(workload, target);
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        screen.line("Times are " + workload.timeFormat() + ".");
        OwnRecords.require(target);
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
                    "Sent %,d observations of %d entities to the topic %s.",
                    publisher.deliveredCount(),
                    workload.entities().size(),
                    target.topics().observations()));
            return ExitCode.DONE;
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.INTERRUPTED;
        }
    }

    /** The configuration file with the options applied, or the defaults with the options. */
    private DetectorConfig target(List<String> features) {
        Path file = config;
        String servers = bootstrap;
        String name = topic;
        if (file == null && (servers == null || name == null)) {
            throw new BadUseException("--config is missing, or both --bootstrap and --topic");
        }
        DetectorConfig target = file == null
                ? DetectorConfig.withDefaults("replay", new FeatureSchema(features))
                : DetectorConfig.load(file);
        if (file != null && !target.features().names().equals(features)) {
            throw new BadUseException("the features in " + file + " are "
                    + target.features().names() + ", but the streams have " + features);
        }
        if (servers != null) {
            target = DetectorChoice.at(target, servers);
        }
        if (name == null) {
            return target;
        }
        try {
            return target.with(TopicSection.OBSERVATIONS, name);
        } catch (IllegalArgumentException exception) {
            throw new BadUseException("--topic: " + exception.getMessage());
        }
    }

    /** Otherwise the scoring job would reject the rows of the future, or the broker would refuse them half-way. */
    private void requirePossibleTimes(Workload workload, DetectorConfig target) {
        EventTimeLimits limits = EventTimeLimits.of(target.entities());
        long shift = shift(workload);
        long now = System.currentTimeMillis();
        long first = firstEventTime(workload) + shift;
        long last = lastEventTime(part == Part.TRAIN ? workload.history() : workload.live(), first - shift) + shift;
        for (long time : new long[] {first, last}) {
            String problem = limits.problem(time, -1, now);
            if (problem != null) {
                throw new BadUseException("the rows would have event times from " + Instant.ofEpochMilli(first) + " to "
                        + Instant.ofEpochMilli(last) + ", but " + problem + "; choose another --start");
            }
        }
    }

    private static long lastEventTime(RowCursor rows, long otherwise) {
        long last = otherwise;
        while (rows.next()) {
            last = rows.eventTime();
        }
        return last;
    }

    private long shift(Workload workload) {
        Instant first = start;
        return first == null ? 0 : first.toEpochMilli() - firstEventTime(workload);
    }

    private void send(Workload workload, RowCursor rows, ObservationPublisher publisher, Screen screen)
            throws InterruptedException {
        long shift = shift(workload);
        RateLimiter limiter = new RateLimiter(rate);
        while (rows.next()) {
            limiter.await();
            publisher.send(
                    workload.entities().get(rows.entity()),
                    rows.eventTime() + shift,
                    rows.values(),
                    ObservationPublisher.DeliveryListener.NONE);
            screen.progress(() -> String.format(Locale.ROOT, "sent %,d observations", publisher.deliveredCount()));
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
