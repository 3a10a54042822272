package dev.noether.lab.chaos.soak;

import dev.noether.cli.console.Screen;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.lab.bench.MachineDescription;
import dev.noether.lab.chaos.ChaosOptions;
import dev.noether.lab.chaos.FaultSequence;
import dev.noether.lab.chaos.Running;
import dev.noether.lab.chaos.audit.RunAudit;
import dev.noether.lab.chaos.fault.FaultPlan;
import dev.noether.lab.chaos.fault.PlannedFault;
import dev.noether.lab.chaos.service.Patiently;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The services under a steady load with a training each minute for a long time. Faults, if any, are spread evenly over
 * it. Not thread-safe.
 */
public final class Soak {
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(30);
    private static final Duration RETRAIN_EVERY = Duration.ofMinutes(1);

    private final ChaosOptions options;
    private final Duration length;
    private final Path folder;
    private final Screen screen;

    /**
     * Prepares a soak.
     *
     * @param length time from the first to the last sample
     * @param folder empty folder for everything that the services write
     */
    public Soak(ChaosOptions options, Duration length, Path folder, Screen screen) {
        this.options = options;
        this.length = length;
        this.folder = folder;
        this.screen = screen;
    }

    /** Runs. */
    public SoakReport run() throws InterruptedException, IOException {
        List<PlannedFault> plan = FaultPlan.draw(options.faults(), options.kinds(), options.seed());
        screen.line("Starting broker, job manager, task manager and retrainer …");
        try (Running running = Running.start(
                        folder.resolve("disturbed"),
                        options.settings().withRetrainingInterval(RETRAIN_EVERY),
                        options.load());
                Sampler sampler = new Sampler(running.services())) {
            FaultSequence faults = new FaultSequence(plan, running, screen);
            List<ResourceSample> samples = watch(plan, faults, sampler);
            int models = Patiently.ask(new ReleaseTopic(running.services().config())::read)
                    .size();
            RunAudit audit = RunAudit.of(running.services(), running.load(), running.watch());
            Map<String, Integer> restarts = new TreeMap<>();
            running.services().restarts().forEach((service, count) -> restarts.put(service.title(), count));
            return new SoakReport(
                    length.toSeconds(),
                    options.load(),
                    MachineDescription.here(),
                    models,
                    restarts,
                    audit.delivery(),
                    audit.incidents(),
                    trends(samples),
                    samples);
        }
    }

    private List<ResourceSample> watch(List<PlannedFault> plan, FaultSequence faults, Sampler sampler)
            throws InterruptedException, IOException {
        List<ResourceSample> samples = new ArrayList<>();
        long start = System.nanoTime();
        int nextFault = 0;
        for (int number = 0; ; number++) {
            long due = start + number * SAMPLE_EVERY.toNanos();
            long ahead = due - System.nanoTime();
            if (ahead > 0) {
                Thread.sleep(ahead / 1_000_000);
            }
            samples.addAll(sampler.sample());
            double share = (double) (due - start) / length.toNanos();
            screen.line(String.format(
                    Locale.ROOT,
                    "%5.1f of %d min: %s",
                    share * length.toSeconds() / 60,
                    length.toMinutes(),
                    heaps(samples)));
            if (share >= 1) {
                return samples;
            }
            if (nextFault < plan.size() && share * (plan.size() + 1) >= nextFault + 1) {
                faults.next(plan.get(nextFault++));
            }
        }
    }

    private static String heaps(List<ResourceSample> samples) {
        double newest = samples.get(samples.size() - 1).seconds();
        StringBuilder text = new StringBuilder("live heap");
        for (ResourceSample sample : samples) {
            if (sample.seconds() == newest && sample.kind() == ResourceKind.HEAP) {
                text.append(String.format(Locale.ROOT, "  %s %.0f MiB", sample.owner(), sample.value()));
            }
        }
        return text.toString();
    }

    private static List<Trend> trends(List<ResourceSample> samples) {
        Map<String, List<ResourceSample>> byResource = new LinkedHashMap<>();
        for (ResourceSample sample : samples) {
            byResource
                    .computeIfAbsent(sample.owner() + "/" + sample.kind(), key -> new ArrayList<>())
                    .add(sample);
        }
        return byResource.values().stream().map(Trend::of).toList();
    }
}
