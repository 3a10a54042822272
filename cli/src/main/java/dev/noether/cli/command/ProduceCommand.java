package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.job.TopicCheck;
import dev.noether.flink.release.TopicTail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code noether produce}. Simulated minutes are event time minutes; live, one of them passes in each interval, and event
 * time runs with the clock when the interval is a minute.
 */
@Command(
        name = "produce",
        header = "Be a simulated fleet of servers that reports to a Kafka cluster, until stopped.",
        description = "Where the topic is empty, three days of history come first, as fast as Kafka takes them.",
        footer = "Example: ./noether produce --config deploy/detector.yaml --bootstrap localhost:29092 --every 5s")
public final class ProduceCommand implements Callable<Integer> {
    private static final int HISTORY_MINUTES = 3 * 24 * 60;
    private static final int LIVE_MINUTES = 30 * 24 * 60;
    private static final int MINUTES_PER_INCIDENT = 60;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(
            names = "--entities",
            paramLabel = "N",
            defaultValue = "60",
            description = "Servers in the fleet (default: ${DEFAULT-VALUE}).")
    int entities = 60;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "Each server reports its next minute at this interval (default: ${DEFAULT-VALUE}).")
    Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the simulation (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Override
    public Integer call() throws Exception {
        if (entities < 1 || entities > 100_000) {
            throw new BadUseException("--entities must be in [1, 100000] (got " + entities + ")");
        }
        DetectorConfig config = detector.load();
        if (!config.features().names().equals(FleetSimulator.featureNames())) {
            throw new BadUseException("the fleet reports the features " + FleetSimulator.featureNames()
                    + "; the detector's `features` are " + config.features().names());
        }
        LogFile.in(Path.of(".noether"));
        Screen screen = new Screen(Output.of(spec), Screen.isTerminal());
        TopicCheck.forSending(config);
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            produce(config, publisher, screen);
            return ExitCode.FAILED;
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
            return ExitCode.DONE;
        }
    }

    /** The minute is all that has to be known to go on, and the topic knows it. */
    private void produce(DetectorConfig config, ObservationPublisher publisher, Screen screen)
            throws InterruptedException {
        FleetSimulator fleet = new FleetSimulator(new FleetOptions(
                entities,
                HISTORY_MINUTES,
                LIVE_MINUTES,
                Math.min(LIVE_MINUTES / MINUTES_PER_INCIDENT, entities * 50),
                seed));
        OptionalLong newest = TopicTail.newestEventTime(config);
        long minute = newest.isEmpty() ? 0 : Math.max(0, Workload.minuteAfter(newest.getAsLong()));
        if (minute < HISTORY_MINUTES) {
            screen.line("Sending the history of " + entities + " servers …");
            for (; minute < HISTORY_MINUTES; minute++) {
                send(fleet, minute, publisher);
            }
            publisher.flush();
        }
        screen.line("Live: " + entities + " servers report every " + every + " to "
                + config.topics().observations() + " of " + config.kafka().bootstrapServers() + ". Ctrl-C stops.");
        long due = System.nanoTime();
        for (; ; minute++) {
            send(fleet, minute, publisher);
            screen.progress(() -> String.format(Locale.ROOT, "sent %,d", publisher.delivered()));
            due += every.toNanos();
            long ahead = due - System.nanoTime();
            if (ahead > 0) {
                Thread.sleep(Duration.ofNanos(ahead).toMillis());
            }
        }
    }

    private static void send(FleetSimulator fleet, long minute, ObservationPublisher publisher)
            throws InterruptedException {
        float[] row = new float[FleetSimulator.featureNames().size()];
        for (int server = 0; server < fleet.entityNames().size(); server++) {
            if (fleet.row(server, minute, row)) {
                publisher.send(
                        fleet.entityNames().get(server),
                        Workload.eventTime(minute),
                        row,
                        ObservationPublisher.Delivery.IGNORED);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
    }
}
