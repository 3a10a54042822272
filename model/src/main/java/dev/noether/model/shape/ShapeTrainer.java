package dev.noether.model.shape;

import static java.util.Objects.requireNonNull;

import dev.noether.model.engine.Engine;
import dev.noether.model.shape.GroupTrainer.TrainedGroup;
import dev.noether.model.shape.ShapeModel.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains the shape view, and decides from the training history alone whether a detector uses it: the signal must repeat
 * clearly, and its windows must resemble their prototypes.
 *
 * <p>All entities share one pool of prototypes, or there is a pool for each group of entities with similar periods:
 * whichever separates artificially broken windows from normal ones better.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class ShapeTrainer {
    /** The least prominence of the period. */
    static final double LEAST_PROMINENCE = 0.25;

    /** The largest deviation σ of the whole window, in standard deviations of the window. */
    static final double LARGEST_DEVIATION = 0.35;

    private static final int FEWEST_ROWS = 1000;
    private static final int FEWEST_WINDOWS = 200;

    /** Several groups must improve the detection of broken windows by more than this. */
    private static final double LEAST_GAIN = 0.01;

    /** An artificial break has the length of a shortest window divided by this. */
    private static final int PARTS_OF_BREAK = 4;

    private final Engine engine;
    private final ShapeChoice choice;
    private final int memory;
    private final long seed;

    /** Makes a trainer of views without a memory of an entity's own past. */
    public ShapeTrainer(Engine engine, ShapeChoice choice, long seed) {
        this(engine, ShapeOptions.of(choice), seed);
    }

    /**
     * Makes a trainer.
     *
     * @param seed seed of the choice of windows
     */
    public ShapeTrainer(Engine engine, ShapeOptions options, long seed) {
        this.memory = options.memory();
        this.engine = engine;
        this.choice = options.choice();
        this.seed = seed;
    }

    /**
     * The result.
     *
     * @param training the trained view; null if it is not used
     * @param provenance the figures of the decision, by name
     */
    public record Decision(@Nullable ShapeTraining training, SortedMap<String, String> provenance) {}

    /**
     * A history of one feature.
     *
     * @param feature index of the feature
     * @param entities names of the entities
     * @param runs runs of consecutive values at regular times
     */
    public record Signal(int feature, List<String> entities, List<SignalRun> runs) {
        int rows() {
            return runs.stream().mapToInt(run -> run.values().length).sum();
        }
    }

    /** A decision without training. */
    public static Decision unused(String reason) {
        SortedMap<String, String> provenance = new TreeMap<>();
        provenance.put("shape.used", "false");
        provenance.put("shape.reason", reason);
        return new Decision(null, provenance);
    }

    /** Trains the view of a signal, unless the gate is closed. */
    public Decision train(Signal signal) {
        if (signal.rows() < FEWEST_ROWS) {
            return unused("the history has %d rows, and %d are needed".formatted(signal.rows(), FEWEST_ROWS));
        }
        List<SignalRun> runs = usual(signal);
        List<SignalLevel> levels = levels(signal.entities().size(), runs);
        Attempt pool = attempt(runs, levels);
        SortedMap<String, String> provenance = pool.provenance();
        List<Attempt> chosen = pool.trained() == null ? List.of() : List.of(pool);
        List<List<SignalRun>> parts = PeriodGroups.of(runs, levels);
        if (parts.size() > 1) {
            List<Attempt> groups =
                    parts.stream().map(part -> attempt(part, levels)).toList();
            if (groups.stream().allMatch(group -> group.trained() != null)
                    && areBetter(groups, pool, levels, provenance)) {
                chosen = groups;
            }
        }
        if (chosen.isEmpty()) {
            return new Decision(null, provenance);
        }
        provenance.remove("shape.reason");
        provenance.put("shape.used", "true");
        provenance.put("shape.groups", String.valueOf(chosen.size()));
        provenance.put(
                "shape.period",
                chosen.stream()
                        .map(group -> group.provenance().get("shape.period"))
                        .collect(Collectors.joining(" ")));
        return new Decision(training(signal, levels, chosen), provenance);
    }

    /** Whether groups of entities separate broken windows from normal ones better than one pool. */
    private boolean areBetter(
            List<Attempt> groups, Attempt pool, List<SignalLevel> levels, SortedMap<String, String> provenance) {
        int shortest = Stream.concat(groups.stream(), Stream.of(pool))
                .filter(attempt -> attempt.trained() != null)
                .mapToInt(attempt -> requireNonNull(attempt.trained()).group().longestWindow())
                .min()
                .orElse(1);
        ShapeBreaks breaks = new ShapeBreaks(engine, levels, Math.max(2, shortest / PARTS_OF_BREAK), seed);
        double ofGroups = breaks.area(groups.stream().map(Attempt::forBreaks).toList());
        provenance.put("shape.breakDetectionOfGroups", figure(ofGroups));
        if (pool.trained() == null) {
            return true;
        }
        double ofPool = breaks.area(List.of(pool.forBreaks()));
        provenance.put("shape.breakDetectionOfPool", figure(ofPool));
        return ofGroups > ofPool + LEAST_GAIN;
    }

    private ShapeTraining training(Signal signal, List<SignalLevel> levels, List<Attempt> chosen) {
        SortedMap<String, Member> members = new TreeMap<>();
        for (int g = 0; g < chosen.size(); g++) {
            for (SignalRun run : chosen.get(g).runs()) {
                members.put(signal.entities().get(run.entity()), new Member(g, levels.get(run.entity())));
            }
        }
        List<TrainedGroup> groups = chosen.stream()
                .map(attempt -> requireNonNull(attempt.trained()))
                .toList();
        ShapeModel model = new ShapeModel(
                signal.feature(), groups.stream().map(TrainedGroup::group).toList(), members, memory);
        return new ShapeTraining(
                model, groups, chosen.stream().map(Attempt::runs).toList(), levels);
    }

    /**
     * A training of some entities.
     *
     * @param trained the result; null if the gate is closed
     */
    private record Attempt(List<SignalRun> runs, @Nullable TrainedGroup trained, SortedMap<String, String> provenance) {
        ShapeBreaks.Group forBreaks() {
            return new ShapeBreaks.Group(runs, requireNonNull(trained));
        }

        static Attempt refused(List<SignalRun> runs, SortedMap<String, String> provenance, String reason) {
            provenance.put("shape.used", "false");
            provenance.put("shape.reason", reason);
            return new Attempt(runs, null, provenance);
        }
    }

    private Attempt attempt(List<SignalRun> runs, List<SignalLevel> levels) {
        List<float[]> scaled =
                runs.stream().map(run -> run.scaled(levels.get(run.entity()))).toList();
        List<float[]> usual = runs.stream()
                .map(run -> run.scaledUsual(levels.get(run.entity())))
                .toList();
        Period period = PeriodEstimator.of(usual);
        SortedMap<String, String> provenance = new TreeMap<>();
        provenance.put("shape.period", String.valueOf(period.rows()));
        provenance.put("shape.prominence", figure(period.prominence()));
        if (period.rows() == 0) {
            return Attempt.refused(
                    runs,
                    provenance,
                    "the signal does not repeat after %d to %d rows"
                            .formatted(PeriodEstimator.SHORTEST, PeriodEstimator.LONGEST));
        }
        if (choice == ShapeChoice.AUTO && period.prominence() < LEAST_PROMINENCE) {
            return Attempt.refused(
                    runs,
                    provenance,
                    "the signal does not repeat clearly: the prominence of its period of " + period.rows() + " rows is "
                            + figure(period.prominence()) + ", and " + LEAST_PROMINENCE + " is needed");
        }
        int windows = windows(scaled, period);
        if (windows < FEWEST_WINDOWS) {
            return Attempt.refused(
                    runs,
                    provenance,
                    "the history has " + windows + " windows of a period without a gap, and " + FEWEST_WINDOWS
                            + " are needed");
        }
        TrainedGroup group = new GroupTrainer(engine, seed).train(scaled, usual, period, SignalLevel.of(runs, 1));
        provenance.put("shape.deviation", figure(group.deviation()));
        if (choice == ShapeChoice.AUTO && group.deviation() > LARGEST_DEVIATION) {
            return Attempt.refused(
                    runs,
                    provenance,
                    "periods do not resemble each other: their deviation is " + figure(group.deviation())
                            + ", and at most " + LARGEST_DEVIATION + " is allowed");
        }
        provenance.put("shape.used", "true");
        return new Attempt(runs, group, provenance);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static int windows(List<float[]> runs, Period period) {
        int rows = Math.min(ShapeWindow.LONGEST, Math.max(ShapeWindow.SHORTEST, period.rows()));
        return runs.stream().mapToInt(run -> Math.max(0, run.length - rows + 1)).sum();
    }

    /** The runs with their usual values, in the same order. */
    private static List<SignalRun> usual(Signal signal) {
        Map<Integer, List<SignalRun>> byEntity = signal.runs().stream()
                .collect(Collectors.groupingBy(SignalRun::entity, TreeMap::new, Collectors.toList()));
        return byEntity.values().stream()
                .flatMap(own -> SignalGlitches.replaced(own).stream())
                .toList();
    }

    private static List<SignalLevel> levels(int entities, List<SignalRun> runs) {
        SignalLevel common = SignalLevel.of(runs, 1);
        List<SignalLevel> levels = new ArrayList<>();
        for (int e = 0; e < entities; e++) {
            int entity = e;
            levels.add(SignalLevel.of(
                    runs.stream().filter(run -> run.entity() == entity).toList(), common.scale()));
        }
        return levels;
    }
}
