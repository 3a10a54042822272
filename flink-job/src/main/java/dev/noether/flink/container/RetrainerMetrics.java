package dev.noether.flink.container;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.renewal.RetrainerListener;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics of a retrainer, in Prometheus' text format. Thread safe. */
final class RetrainerMetrics implements RetrainerListener {
    private static final String PREFIX = "noether_retrainer_";
    private static final TrainingOutcome[] ENDS = {
        TrainingOutcome.PROMOTED, TrainingOutcome.REFUSED, TrainingOutcome.NO_MODEL, TrainingOutcome.FAILED
    };

    private final RetrainerListener next;
    private final Clock clock;
    private final Map<String, Values> detectors = new TreeMap<>();

    /** What is known of one detector. */
    private static final class Values {
        private final double intervalSeconds;
        private final Map<TrainingOutcome, Integer> trainings = new EnumMap<>(TrainingOutcome.class);
        private boolean leads;
        private boolean trains;
        private double newestModelMillis;
        /** The shadow of the newest model; null if there was none. */
        private @Nullable ShadowComparison shadow;

        Values(double intervalSeconds, long start) {
            this.intervalSeconds = intervalSeconds;
            this.newestModelMillis = start;
        }
    }

    /**
     * Creates the metrics.
     *
     * @param interval time from one training of a detector to the next
     * @param next is told everything too
     */
    RetrainerMetrics(
            List<DetectorConfig> configs,
            Function<DetectorConfig, Duration> interval,
            RetrainerListener next,
            Clock clock) {
        this.next = next;
        this.clock = clock;
        configs.forEach(config -> detectors.put(
                config.detector(), new Values(interval.apply(config).toMillis() / 1e3, clock.millis())));
    }

    @Override
    public synchronized void leads(DetectorConfig config, boolean isLeader) {
        values(config).leads = isLeader;
        values(config).trains = false;
        next.leads(config, isLeader);
    }

    @Override
    public synchronized void known(DetectorConfig config, TrainingRun newest) {
        if (newest.outcome() == TrainingOutcome.PROMOTED || newest.outcome() == TrainingOutcome.REFUSED) {
            values(config).newestModelMillis = newest.endedAt();
        }
        next.known(config, newest);
    }

    @Override
    public synchronized void shadows(DetectorConfig config, List<ShadowComparison> shadows) {
        values(config).shadow = shadows.isEmpty() ? null : shadows.get(shadows.size() - 1);
        next.shadows(config, shadows);
    }

    @Override
    public synchronized void started(DetectorConfig config) {
        values(config).trains = true;
        next.started(config);
    }

    @Override
    public synchronized void ended(DetectorConfig config, TrainingRun run, @Nullable ModelRelease release) {
        values(config).trains = false;
        values(config).trainings.merge(run.outcome(), 1, Integer::sum);
        next.ended(config, run, release);
    }

    @Override
    public void failed(DetectorConfig config, String reason) {
        next.failed(config, reason);
    }

    private Values values(DetectorConfig config) {
        return detectors.computeIfAbsent(
                config.detector(),
                name -> new Values(config.retraining().schedule().interval().toMillis() / 1e3, clock.millis()));
    }

    /** Returns all metrics. The label {@code job_name} is that of the training's Flink job. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        add(out, "leads", "1 if this process leads the detector", values -> values.leads ? 1 : 0);
        add(out, "trains", "1 while this process trains", values -> values.trains ? 1 : 0);
        add(out, "intervalSeconds", "time from one training to the next", values -> values.intervalSeconds);
        add(
                out,
                "modelAgeSeconds",
                "time since any retrainer has made a model, or since the start",
                values -> (clock.millis() - values.newestModelMillis) / 1e3);
        add(out, "shadowRuns", "1 while a model scores in shadow", values -> is(values, ShadowOutcome.RUNNING));
        add(out, "shadowFailed", "1 if the newest shadow failed", values -> is(values, ShadowOutcome.FAILED));
        add(
                out,
                "shadowComparedRows",
                "rows of the newest shadow that both models judged",
                values -> values.shadow == null ? 0 : values.shadow.rows().compared());
        add(
                out,
                "shadowAlarmRatio",
                "alarms in shadow for each alarm of the model in force; NaN without alarms",
                values -> values.shadow == null
                        ? Double.NaN
                        : values.shadow.alarms().ratio());
        add(
                out,
                "shadowRankCorrelation",
                "rank correlation of the p-values of both models; NaN without rows",
                values -> values.shadow == null
                        ? Double.NaN
                        : values.shadow.figures().rankCorrelation());
        header(out, "trainings", "counter", "trainings of this process by outcome");
        detectors.forEach((detector, values) -> {
            for (TrainingOutcome outcome : ENDS) {
                line(
                        out,
                        "trainings",
                        detector,
                        ",outcome=\"" + outcome.name().toLowerCase(Locale.ROOT) + "\"",
                        values.trainings.getOrDefault(outcome, 0));
            }
        });
        return out.toString();
    }

    private static double is(Values values, ShadowOutcome outcome) {
        return values.shadow != null && values.shadow.outcome() == outcome ? 1 : 0;
    }

    private void add(StringBuilder out, String name, String help, ToDoubleFunction<Values> value) {
        header(out, name, "gauge", help);
        detectors.forEach((detector, values) -> line(out, name, detector, "", value.applyAsDouble(values)));
    }

    private static void header(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        out.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static void line(StringBuilder out, String name, String detector, String labels, double value) {
        out.append(PREFIX)
                .append(name)
                .append("{job_name=\"noether_retraining_")
                .append(detector)
                .append('"')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
