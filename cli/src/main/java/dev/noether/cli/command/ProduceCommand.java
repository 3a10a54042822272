package dev.noether.cli.command;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.console.ExitCode;
import dev.noether.cli.console.LogFile;
import dev.noether.cli.console.Screen;
import dev.noether.cli.fleet.FleetOptions;
import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.retrain.TopicTail;
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

/** {@code noether produce}: one simulated minute in each interval, with event times of the clock. */
@Command(
        name = "produce",
        header = "Be a simulated fleet of servers that reports to a Kafka cluster, until stopped.",
        description =
                "Where the topic is empty, a history of 4320 rows for each server comes first, as fast as Kafka takes it.",
        footer = "Example: ./noether produce --config deploy/detector.yaml --bootstrap localhost:29092 --every 5s")
public final class ProduceCommand implements Callable<Integer> {
    private static final int HISTORY_MINUTES = 3 * 24 * 60;
    private static final long MINUTES_PER_WEEK = 7 * 24 * 60;
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
            description = "Each server reports at this interval (default: ${DEFAULT-VALUE}).")
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
        if (every.toMillis() < 10) {
            throw new BadUseException("--every must be at least 10ms (got " + every + ")");
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

    /**
     * The simulation counts minutes, the topic gets one of them in each interval. An interval's minute follows from the clock
     * alone, in whole weeks of the simulation, so that a later start goes on where the fleet would be by then.
     */
    private void produce(DetectorConfig config, ObservationPublisher publisher, Screen screen)
            throws InterruptedException {
        long step = every.toMillis();
        long now = System.currentTimeMillis() / step;
        long base = Math.floorDiv(now - HISTORY_MINUTES, MINUTES_PER_WEEK) * MINUTES_PER_WEEK;
        FleetSimulator fleet = new FleetSimulator(new FleetOptions(
                entities,
                Math.toIntExact(now - base),
                LIVE_MINUTES,
                Math.min(LIVE_MINUTES / MINUTES_PER_INCIDENT, entities * 50),
                seed));
        OptionalLong newest = TopicTail.newestEventTime(config);
        long next = newest.isPresent() ? newest.getAsLong() / step + 1 : now - HISTORY_MINUTES;
        if (next < now && newest.isEmpty()) {
            screen.line("The topic is empty: sending a history of " + HISTORY_MINUTES + " rows for each of " + entities
                    + " servers …");
            for (; next < now; next++) {
                send(fleet, next - base, next * step, publisher);
            }
            publisher.flush();
        }
        // What was missed while nobody produced stays missing, as with real servers.
        next = Math.max(next, now);
        screen.line("Live: " + entities + " servers report every " + every + " to "
                + config.topics().observations() + " of " + config.kafka().bootstrapServers() + ". Ctrl-C stops.");
        for (; ; next++) {
            long ahead = next * step - System.currentTimeMillis();
            if (ahead > 0) {
                Thread.sleep(ahead);
            }
            send(fleet, next - base, next * step, publisher);
            screen.progress(() -> String.format(Locale.ROOT, "sent %,d", publisher.delivered()));
        }
    }

    private static void send(FleetSimulator fleet, long minute, long eventTime, ObservationPublisher publisher)
            throws InterruptedException {
        float[] row = new float[FleetSimulator.featureNames().size()];
        for (int server = 0; server < fleet.entityNames().size(); server++) {
            if (fleet.row(server, minute, row)) {
                publisher.send(fleet.entityNames().get(server), eventTime, row, ObservationPublisher.Delivery.IGNORED);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
    }
}
