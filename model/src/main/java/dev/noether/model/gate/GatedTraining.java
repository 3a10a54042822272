package dev.noether.model.gate;

import dev.noether.model.alarm.AlarmBudget;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.gate.PromotionGate.Examination;
import dev.noether.model.schedule.ScheduleOptions;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.training.CounterChoice;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainedDetector;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.TrainingRefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trains a detector's model, and lets it pass the gate:
 *
 * <ol>
 *   <li>The newest rows are held out. A trial model is trained without them, with the next seed, and is judged on them.
 *   <li>If it passes, the final model is trained on all rows with the configured seed. It is the model that would be
 *       trained without a gate, to the bit. It must agree with the trial model.
 * </ol>
 *
 * <p>If the history is too short to hold rows out, only the final model is trained, and it is judged by the checks that
 * need no other model.
 *
 * <p>Not thread safe; belongs to the thread of its engine.
 */
public final class GatedTraining {
    /** With fewer rows, an alarm rate and an area under the ROC say nothing. */
    private static final int FEWEST_HELD_OUT = 100;

    /** Rows that a model is judged on if none are held out. */
    private static final int LEAST_ABSOLUTE = 200;

    /** The champion must leave at least this share of the held-out rows unseen. */
    private static final int UNSEEN_PART = 3;

    private final Engine engine;
    private final DetectorOptions options;
    private final ShapeOptions shape;
    private final ScheduleOptions schedules;
    private final AlarmBudget budget;
    private final double heldOutFraction;

    /** Makes a training of models without schedules. */
    public GatedTraining(
            Engine engine, DetectorOptions options, ShapeOptions shape, AlarmBudget budget, double heldOutFraction) {
        this(engine, options, shape, ScheduleOptions.OFF, budget, heldOutFraction);
    }

    /**
     * Makes a training.
     *
     * @param heldOutFraction share of the rows that are held out, in [0, 0.5]; 0: none
     */
    public GatedTraining(
            Engine engine,
            DetectorOptions options,
            ShapeOptions shape,
            ScheduleOptions schedules,
            AlarmBudget budget,
            double heldOutFraction) {
        if (!(heldOutFraction >= 0 && heldOutFraction <= 0.5)) {
            throw new IllegalArgumentException("`heldOutFraction` must be in [0, 0.5] (got " + heldOutFraction + ")");
        }
        this.engine = engine;
        this.options = options;
        this.shape = shape;
        this.schedules = schedules;
        this.budget = budget;
        this.heldOutFraction = heldOutFraction;
    }

    /**
     * Trains and judges.
     *
     * @param features the feature schema of the rows
     * @param raw histories by entity, in an order that does not change from run to run; NaN is a missing value
     * @param origin provenance of the data
     * @param champion the model in force
     * @param incidents incidents that a person has confirmed
     * @param progress notified after each epoch of both trainings
     * @throws TrainingRefusedException if no model can be made of the rows
     */
    public GatedDetector train(
            FeatureSchema features,
            List<EntityHistory> raw,
            SortedMap<String, String> origin,
            Champion champion,
            List<ConfirmedIncident> incidents,
            TrainingProgress progress) {
        int[] counters = options.counters().of(features, raw);
        List<EntityHistory> sampled = CounterChoice.rates(raw, counters);
        @Nullable ModelArtifact comparable = comparable(champion, features, counters);
        HeldOutSplit split = HeldOutSplit.of(sampled, heldOutFraction, comparable, UNSEEN_PART);
        int context = Math.max(options.contextRows(), comparable == null ? 0 : comparable.contextRows());
        GateEvidence evidence = new GateEvidence(
                features,
                context,
                sampled,
                split.from(),
                budget,
                incidents.stream()
                        .map(incident -> incident.with(CounterChoice.rates(incident.rows(), counters)))
                        .toList(),
                options.training().seed());
        String problem = problem(split);
        @Nullable TrainedDetector trial = null;
        if (problem.isEmpty()) {
            try {
                trial = train(features, split.before(), counters, trialOrigin(origin), 1, progress);
            } catch (TrainingRefusedException e) {
                problem = "without the newest rows no model can be trained: " + e.getMessage();
            }
        }
        if (trial == null) {
            return withoutTrial(train(features, sampled, counters, origin, 0, progress), evidence, problem);
        }
        PromotionGate gate = new PromotionGate(engine, evidence, comparable);
        if (gate.judgedRows() < FEWEST_HELD_OUT) {
            problem = gate.judgedRows() + " held-out rows have the rows before them that a window needs, and "
                    + FEWEST_HELD_OUT + " are needed";
            return withoutTrial(train(features, sampled, counters, origin, 0, progress), evidence, problem);
        }
        Examination examined = gate.examineTrial(trial.model());
        String basis = basis(gate, champion, comparable != null);
        if (!examined.isPassed()) {
            return new GatedDetector(trial, new GateReport(examined.figures(), basis));
        }
        TrainedDetector last = train(features, sampled, counters, origin, 0, progress);
        Examination ofLast = gate.examineFinal(last.model(), ArtifactCodec.encode(last.model()), examined);
        return new GatedDetector(last, new GateReport(joined(examined.figures(), ofLast.figures()), basis));
    }

    /**
     * Judges a model that was made elsewhere, as a trial model and as the final model.
     *
     * @param features the feature schema of the rows
     * @param raw histories by entity, the newest rows of which the model was not trained on
     * @param model the model
     * @param artifact its file
     * @param champion the model in force
     */
    public GateReport judge(
            FeatureSchema features, List<EntityHistory> raw, ModelArtifact model, byte[] artifact, Champion champion) {
        int[] counters = model.input().counters();
        List<EntityHistory> sampled = CounterChoice.rates(raw, counters);
        @Nullable ModelArtifact comparable = comparable(champion, features, counters);
        HeldOutSplit split = HeldOutSplit.of(sampled, heldOutFraction, comparable, UNSEEN_PART);
        int context = Math.max(options.contextRows(), comparable == null ? 0 : comparable.contextRows());
        long seed = options.training().seed();
        GateEvidence evidence = new GateEvidence(features, context, sampled, split.from(), budget, List.of(), seed);
        PromotionGate gate = new PromotionGate(engine, evidence, comparable);
        Examination asTrial = gate.examineTrial(model);
        Examination asFinal = gate.examineFinal(model, artifact, asTrial);
        return new GateReport(joined(asTrial.figures(), asFinal.figures()), basis(gate, champion, comparable != null));
    }

    private String problem(HeldOutSplit split) {
        if (heldOutFraction == 0) {
            return "no rows are held out by the settings";
        }
        int least = Math.max(options.history().minRows(), options.leastRows());
        if (split.rowsBefore() < least || split.rowsFrom() < FEWEST_HELD_OUT) {
            return "the history is too short to hold rows out: " + Wording.count(split.rowsBefore())
                    + " rows would be left to train on and " + Wording.count(split.rowsFrom()) + " to judge on, "
                    + Wording.count(least) + " and " + FEWEST_HELD_OUT + " are needed";
        }
        return "";
    }

    private TrainedDetector train(
            FeatureSchema features,
            List<EntityHistory> histories,
            int[] counters,
            SortedMap<String, String> origin,
            int seedsAhead,
            TrainingProgress progress) {
        long seed = options.training().seed() + seedsAhead;
        DetectorOptions seeded = options.with(options.training().withSeed(seed));
        return new DetectorTrainer(engine, seeded, shape, schedules)
                .trainOnRates(features, histories, counters, origin, progress);
    }

    private SortedMap<String, String> trialOrigin(SortedMap<String, String> origin) {
        SortedMap<String, String> entries = new TreeMap<>(origin);
        entries.put("gate.trial", "true");
        entries.put("seed", String.valueOf(options.training().seed() + 1));
        return entries;
    }

    /** The checks that need no other model, on rows that the model was trained on. */
    private GatedDetector withoutTrial(TrainedDetector trained, GateEvidence evidence, String problem) {
        int newest = Math.max(LEAST_ABSOLUTE, trained.trainWindows() / 10);
        PromotionGate gate =
                new PromotionGate(engine, evidence.from(HeldOutRows.timeOfNewest(evidence.histories(), newest)), null);
        String basis = "rows that it was trained on; " + problem + ", so it was not compared";
        if (gate.judgedRows() == 0) {
            return new GatedDetector(trained, new GateReport(List.of(), basis));
        }
        Examination examined = gate.examineFinal(trained.model(), ArtifactCodec.encode(trained.model()), null);
        return new GatedDetector(trained, new GateReport(examined.figures(), basis));
    }

    private static @Nullable ModelArtifact comparable(Champion champion, FeatureSchema features, int[] counters) {
        ModelArtifact model = champion.model();
        return model != null
                        && model.features().equals(features)
                        && Arrays.equals(model.input().counters(), counters)
                ? model
                : null;
    }

    private static String basis(PromotionGate gate, Champion champion, boolean isComparable) {
        String rows = Wording.count(gate.judgedRows()) + " held-out rows";
        if (!isComparable) {
            return rows + ", without a comparison: " + champion.words()
                    + (champion.model() == null ? "" : " judges other features or counters");
        }
        return gate.championHasSeenRows()
                ? rows + ", compared with " + champion.words()
                        + " by the final model, because both were trained on some of them"
                : rows + ", compared with " + champion.words() + "; neither it nor the trial model was trained on them";
    }

    /** The figures of both models; of a check that both passed, the final model's. */
    private static List<Figure> joined(List<Figure> ofTrial, List<Figure> ofLast) {
        List<Figure> figures = new ArrayList<>(ofTrial);
        for (Figure figure : ofLast) {
            figures.removeIf(known -> known.name().equals(figure.name()));
            figures.add(figure);
        }
        return figures;
    }
}
