package dev.noether.lab.chaos;

import dev.noether.cli.console.Screen;
import dev.noether.lab.chaos.fault.FaultInjector;
import dev.noether.lab.chaos.fault.PlannedFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Does the faults of a plan one after another, and measures the recovery from each. Not thread-safe. */
public final class FaultSequence {
    /** The longest recovery; a service that needs longer is taken for broken. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(4);

    private final List<PlannedFault> plan;
    private final Running running;
    private final Screen screen;
    private final FaultInjector injector;
    private final List<FaultResult> results = new ArrayList<>();

    /** Makes a sequence for running services. */
    public FaultSequence(List<PlannedFault> plan, Running running, Screen screen) {
        this.plan = List.copyOf(plan);
        this.running = running;
        this.screen = screen;
        injector = new FaultInjector(running.services(), running.load());
    }

    /** The faults that are over. */
    public List<FaultResult> results() {
        return List.copyOf(results);
    }

    /**
     * Does all faults.
     *
     * @param seed seed of the pauses between them
     * @throws NotRecoveredException if the services do not recover from one
     */
    public void run(long seed) throws InterruptedException, IOException {
        Random pauses = new Random(seed);
        for (PlannedFault fault : plan) {
            next(fault);
            Thread.sleep(fault.overlaps() ? 500 : 1_000 + pauses.nextInt(3_000));
        }
    }

    /** Does one fault. */
    public void next(PlannedFault fault) throws InterruptedException, IOException {
        long began = System.currentTimeMillis();
        screen.progress(() -> fault.number() + "/" + plan.size() + "  " + fault.title() + " …");
        long start = System.nanoTime();
        injector.inject(fault);
        double lasted = seconds(start);
        @Nullable Double recovery = fault.overlaps() ? null : recovery(fault);
        results.add(new FaultResult(
                fault.number(),
                fault.kind().label(),
                fault.services().stream().map(service -> service.title()).toList(),
                Instant.ofEpochMilli(began).toString(),
                lasted,
                recovery));
        screen.line(String.format(
                Locale.ROOT,
                "%3d/%d  %-60s %s",
                fault.number(),
                plan.size(),
                fault.title(),
                recovery == null ? "the next one begins at once" : "back after " + recovery + " s"));
    }

    private double recovery(PlannedFault fault) throws InterruptedException {
        long start = System.nanoTime();
        if (!running.watch().awaitScored(running.load().nextEventTime(), LONGEST_RECOVERY)) {
            throw new NotRecoveredException("no score was committed for " + LONGEST_RECOVERY.toSeconds()
                    + " s after fault " + fault.number() + ", " + fault.title() + "; the logs are in "
                    + running.services().logs());
        }
        return seconds(start);
    }

    private static double seconds(long start) {
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }
}
