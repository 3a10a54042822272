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

/** {@code noether produce}: sends one simulated minute in each interval; the event times are clock times. */
@Command(
        name = "produce",
        header = "Simulate a fleet of servers that sends observations to a Kafka cluster, until stopped.",
        description =
                "If the topic is empty, a history of 4320 rows per server is sent first, without a limit on the rate.",
        footer = "Example: ./noether produce --config deploy/detector.yaml --bootstrap localhost:29092 --every 5s")
public final class ProduceCommand implements Callable<Integer> {
    private static final int HISTORY_MINUTES = 3 * 24 * 60;
    private static final long MINUTES_PER_WEEK = 7 * 24 * 60;
    private static final int LIVE_MINUTES = 30 * 24 * 60;
    private static final int MINUTES_PER_FAULT = 60;

    /** With more faults for each server, a small fleet has no time for all of them. */
    private static final int MOST_FAULTS_OF_A_SERVER = 20;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    DetectorChoice detector = new DetectorChoice();

    @Option(
            names = "--entities",
            paramLabel = "N",
            defaultValue = "60",
            description = "Number of servers (default: ${DEFAULT-VALUE}).")
    int entities = 60;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "Interval between two observations of a server (default: ${DEFAULT-VALUE}).")
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
            throw new BadUseException("--every must be at least 10ms (got " + every.toMillis() + "ms)");
        }
        DetectorConfig config = detector.load();
        if (!config.features().names().equals(FleetSimulator.featureNames())) {
            throw new BadUseException("the `features` of the detector must be those of the simulated fleet, "
                    + FleetSimulator.featureNames() + " (got "
                    + config.features().names() + ")");
        }
        OwnRecords.require(config);
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
     * Sends one simulated minute in each interval. The simulated minute depends only on the clock, so a later start
     * continues the simulation as if it had never stopped. Minute 0 is the start of a week.
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
                Math.min(LIVE_MINUTES / MINUTES_PER_FAULT, entities * MOST_FAULTS_OF_A_SERVER),
                seed));
        OptionalLong newest = TopicTail.newestEventTime(config);
        long next = newest.isPresent() ? newest.getAsLong() / step + 1 : now - HISTORY_MINUTES;
        if (next < now && newest.isEmpty()) {
            screen.line("The topic is empty. Sending a history of " + HISTORY_MINUTES + " observations for each of "
                    + entities + " servers …");
            for (; next < now; next++) {
                send(fleet, next - base, next * step, publisher);
            }
            publisher.flush();
        }
        // Minutes without a running producer stay missing, as after an outage.
        next = Math.max(next, now);
        screen.line(String.format(
                Locale.ROOT,
                "Sending live observations: %d servers, one observation every %,d ms each, topic %s, Kafka %s."
                        + " Ctrl-C stops.",
                entities,
                step,
                config.topics().observations(),
                config.kafka().bootstrapServers()));
        for (; ; next++) {
            long ahead = next * step - System.currentTimeMillis();
            if (ahead > 0) {
                Thread.sleep(ahead);
            }
            send(fleet, next - base, next * step, publisher);
            screen.progress(() -> String.format(Locale.ROOT, "sent %,d observations", publisher.deliveredCount()));
        }
    }

    private static void send(FleetSimulator fleet, long minute, long eventTime, ObservationPublisher publisher)
            throws InterruptedException {
        float[] row = new float[FleetSimulator.featureNames().size()];
        for (int server = 0; server < fleet.entityNames().size(); server++) {
            if (fleet.row(server, minute, row)) {
                publisher.send(
                        fleet.entityNames().get(server), eventTime, row, ObservationPublisher.DeliveryListener.NONE);
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
    }
}
