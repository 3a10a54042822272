package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.PromotionPolicy;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTimeline;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.model.gate.Figure;
import dev.noether.model.gate.GateReport;
import dev.noether.model.gate.ShadowChecks;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.ShadowOutcome;
import dev.noether.schemas.ShadowRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads challengers through their shadow: gives a model that passed the gate the event times for which it scores in
 * shadow, compares its scores with those of the model in force, and promotes or refuses it.
 *
 * <p>All that it must remember is in the models topic, and the comparison is made again from the scores topic, so any
 * leader goes on where another one stopped. One challenger is in shadow at a time; a newer one waits, and a waiting one
 * is refused if a still newer one comes. If another model comes into force within the range, the comparison begins anew.
 * If too few rows were compared at the end, it begins anew once, for twice the time. Not thread safe.
 */
final class ShadowDuty implements LeaderDuty {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowDuty.class);

    /** Who the decision says has decided. */
    static final String DECIDED_BY = "shadow";

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** The comparison so far is written so many times. */
    private static final int REPORTS = 10;

    private static final int PROLONGED = 2;

    private final DetectorConfig config;
    private final ScoreFeed scores;
    private final Supplier<OptionalLong> newestSeen;
    private final ToDoubleBiFunction<ModelRelease, ModelRelease> cost;
    private final LongSupplier clock;
    private @Nullable ShadowTally tally;
    /** Newest event time that was read. */
    private long newestRead;
    /** Whether scoring had passed the end of the range at the look before. */
    private boolean wasOver;

    /** The last tenth of the range after which the comparison was written. */
    private long reportedTenth = -1;

    private @Nullable String logged;

    /**
     * Creates a duty.
     *
     * @param scores the detector's scores
     * @param newestSeen finds the newest event time that scoring has seen
     * @param cost measures the time of a row with the first model, divided by that with the second
     * @param clock the time, milliseconds since 1970 UTC
     */
    ShadowDuty(
            DetectorConfig config,
            ScoreFeed scores,
            Supplier<OptionalLong> newestSeen,
            ToDoubleBiFunction<ModelRelease, ModelRelease> cost,
            LongSupplier clock) {
        this.config = config;
        this.scores = scores;
        this.newestSeen = newestSeen;
        this.cost = cost;
        this.clock = clock;
    }

    /** Returns the duty of a detector. Does not connect to Kafka yet. */
    static ShadowDuty of(DetectorConfig config) {
        return new ShadowDuty(
                config,
                new CommittedScores(config),
                () -> ScoresTail.newestSeen(config),
                new ScoringCost(config),
                System::currentTimeMillis);
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public List<ModelsRecord> look(ModelsTopicContent known) {
        ModelChange change = new ModelChange(known, clock.getAsLong());
        List<ModelRelease> challengers = challengers(known);
        if (challengers.isEmpty()) {
            end();
            return List.of();
        }
        ModelRelease running = challengers.stream()
                .filter(ReleaseTimeline::isShadow)
                .findFirst()
                .orElse(null);
        List<ModelRelease> waiting = new ArrayList<>(challengers);
        waiting.remove(running);
        List<ModelsRecord> replaced = refuseReplaced(change, waiting);
        if (!replaced.isEmpty()) {
            return replaced;
        }
        return running == null ? start(change, waiting.get(waiting.size() - 1), false) : watch(change, known, running);
    }

    /** The challengers that passed the gate and have no outcome yet, by version. */
    private static List<ModelRelease> challengers(ModelsTopicContent known) {
        return known.releases().stream()
                .filter(release -> release.stage() == ReleaseStage.CHALLENGER)
                .filter(release -> known.decisions().stream()
                        .anyMatch(decision -> decision instanceof PromotionDecision.Shadowed
                                && decision.facts().model().equals(release.identity())))
                .filter(release -> {
                    ShadowComparison comparison = comparison(known, release);
                    return comparison == null || comparison.outcome() == ShadowOutcome.RUNNING;
                })
                .sorted(Comparator.comparingLong(ModelRelease::version))
                .toList();
    }

    private static @Nullable ShadowComparison comparison(ModelsTopicContent known, ModelRelease release) {
        return known.shadows().stream()
                .filter(comparison -> comparison.model().equals(release.identity()))
                .findFirst()
                .orElse(null);
    }

    private List<ModelsRecord> refuseReplaced(ModelChange change, List<ModelRelease> waiting) {
        List<ModelsRecord> records = new ArrayList<>();
        for (int i = 0; i + 1 < waiting.size(); i++) {
            ModelRelease newest = waiting.get(waiting.size() - 1);
            String reason = "replaced: model " + newest.version() + " was trained before this model's shadow began.";
            LOG.info("Model {} of detector {} is refused; {}", waiting.get(i).version(), config.detector(), reason);
            records.addAll(change.refuse(waiting.get(i), null, new ModelChange.Reason(DECIDED_BY, reason, List.of())));
        }
        return records;
    }

    private Duration range(boolean isProlonged) {
        Duration range = config.retraining().schedule().shadow().shadow();
        return isProlonged ? range.multipliedBy(PROLONGED) : range;
    }

    /** Lets a challenger score in shadow from an event time on that scoring has not reached. */
    private List<ModelsRecord> start(ModelChange change, ModelRelease challenger, boolean isProlonged) {
        OptionalLong newest = newestSeen.get();
        long delay = config.retraining().schedule().activationDelay().toMillis();
        long from = newest.orElse(0) + 1 + delay;
        ModelRelease champion = newest.isEmpty() ? null : change.inForce(from);
        if (champion == null) {
            log("Model " + challenger.version() + " waits for its shadow: no model is in force.");
            return List.of();
        }
        ShadowRange range = new ShadowRange(from, from + range(isProlonged).toMillis(), isProlonged);
        end();
        log("Model " + challenger.version() + " scores in shadow from event time " + Instant.ofEpochMilli(range.from())
                + " to before " + Instant.ofEpochMilli(range.to()) + ", beside model " + champion.version() + ". "
                + String.format(Locale.ROOT, "At least %,d rows must be compared.", rowsNeeded(challenger)));
        ShadowTally empty = new ShadowTally(challenger.identity(), champion.identity(), range);
        return List.of(
                change.shadow(challenger, range.from(), range.to()),
                comparison(
                        empty, challenger.identity(), champion.identity(), range, ShadowOutcome.RUNNING, Double.NaN));
    }

    private List<ModelsRecord> watch(ModelChange change, ModelsTopicContent known, ModelRelease challenger) {
        ShadowComparison written = comparison(known, challenger);
        ModelRelease champion = change.inForce(challenger.effectiveFrom());
        if (written == null || champion == null || !isSame(change, champion, written, challenger)) {
            boolean isProlonged = written != null && written.range().isProlonged();
            return start(change, challenger, isProlonged);
        }
        ShadowRange range = written.range();
        ShadowTally current = tally;
        if (current == null || !current.isOf(challenger.identity(), champion.identity(), range)) {
            current = new ShadowTally(challenger.identity(), champion.identity(), range);
            tally = current;
            newestRead = Long.MIN_VALUE;
            wasOver = false;
            scores.seek(range.from());
        }
        boolean isComplete = read(current);
        if (isComplete && wasOver) {
            return decide(change, current, challenger, champion, range);
        }
        // The rows of slower partitions come until the next look.
        wasOver = isComplete && newestRead >= range.to() && newestSeen.get().orElse(Long.MIN_VALUE) >= range.to();
        return progress(current, written);
    }

    private boolean read(ShadowTally current) {
        return scores.read(score -> {
            newestRead = Math.max(newestRead, score.eventTime());
            current.add(score);
        });
    }

    /** Whether one model, the one of the comparison, is in force in the whole range of the release. */
    private static boolean isSame(
            ModelChange change, ModelRelease champion, ShadowComparison written, ModelRelease challenger) {
        ModelRelease last = change.inForce(challenger.effectiveTo() - 1);
        return written.range().from() == challenger.effectiveFrom()
                && written.range().to() == challenger.effectiveTo()
                && champion.identity().equals(written.champion())
                && last != null
                && last.identity().equals(champion.identity());
    }

    /** Each tenth of the range, the comparison so far is written. */
    private List<ModelsRecord> progress(ShadowTally current, ShadowComparison written) {
        ShadowRange range = written.range();
        long length = range.to() - range.from();
        long passed = Math.min(newestRead, range.to()) - range.from();
        if (passed <= 0 || current.rows().compared() <= written.rows().compared()) {
            return List.of();
        }
        long tenth = passed * REPORTS / length;
        if (tenth <= reportedTenth) {
            return List.of();
        }
        reportedTenth = tenth;
        return List.of(
                comparison(current, written.model(), written.champion(), range, ShadowOutcome.RUNNING, Double.NaN));
    }

    private ShadowComparison comparison(
            ShadowTally of,
            ModelIdentity challenger,
            ModelIdentity champion,
            ShadowRange range,
            ShadowOutcome outcome,
            double measuredCost) {
        return new ShadowComparison(
                config.detector(),
                challenger,
                champion,
                range,
                of.rows(),
                of.alarms(),
                of.figures(measuredCost),
                outcome,
                clock.getAsLong());
    }

    private static double promised(ModelRelease challenger) {
        return 1 - challenger.calibration().quantile();
    }

    private static long rowsNeeded(ModelRelease challenger) {
        return ShadowChecks.rowsNeeded(promised(challenger));
    }

    private List<ModelsRecord> decide(
            ModelChange change, ShadowTally of, ModelRelease challenger, ModelRelease champion, ShadowRange range) {
        double promised = promised(challenger);
        if (of.rows().compared() < rowsNeeded(challenger) && !range.isProlonged()) {
            log(String.format(
                    Locale.ROOT,
                    "Only %,d rows were compared with model %d in its shadow, and %,d are needed. The shadow begins anew,"
                            + " for twice the time. If it lasts too short for that, lengthen retraining.shadow.",
                    of.rows().compared(),
                    challenger.version(),
                    rowsNeeded(challenger)));
            return start(change, challenger, true);
        }
        double measured = cost.applyAsDouble(challenger, champion);
        GateReport report = new GateReport(
                ShadowChecks.figures(of.evidence(promised)),
                String.format(
                        Locale.ROOT,
                        "%,d rows of about %,d entities that this model and model %d judged%s",
                        of.rows().compared(),
                        of.rows().entities(),
                        champion.version(),
                        Double.isNaN(measured)
                                ? ""
                                : String.format(Locale.ROOT, "; a row costs %.2f times", measured)));
        ModelChange.Reason reason = new ModelChange.Reason(
                DECIDED_BY,
                report.reason(),
                report.figures().stream().map(ShadowDuty::figure).toList());
        ShadowOutcome outcome = report.isPassed() ? ShadowOutcome.PASSED : ShadowOutcome.FAILED;
        List<ModelsRecord> records = new ArrayList<>();
        records.addAll(outcome(change, challenger, champion, reason, report.isPassed()));
        records.add(comparison(of, challenger.identity(), champion.identity(), range, outcome, measured));
        return records;
    }

    private List<ModelsRecord> outcome(
            ModelChange change,
            ModelRelease challenger,
            ModelRelease champion,
            ModelChange.Reason reason,
            boolean isPassed) {
        String name = "Model " + challenger.version();
        if (!isPassed) {
            LOG.warn("{} of detector {} is refused after its shadow: {}", name, config.detector(), reason.reason());
            return change.refuse(challenger, champion.identity(), reason);
        }
        if (config.retraining().schedule().shadow().shadowPromotion() == PromotionPolicy.MANUAL) {
            log(name + " passed its shadow and waits for a person: ./noether models promote " + challenger.version()
                    + ". " + reason.reason());
            return List.of(change.shadow(challenger, challenger.effectiveFrom(), ModelRelease.NO_END));
        }
        long from = Promotion.from(config, newestSeen.get().orElse(challenger.effectiveTo()), false);
        log(name + " passed its shadow and scores from event time " + Instant.ofEpochMilli(from) + " on. "
                + reason.reason());
        return change.promote(challenger, from, reason);
    }

    private static GateFigure figure(Figure figure) {
        return new GateFigure(
                figure.name(),
                figure.challenger(),
                figure.champion(),
                figure.limit(),
                figure.isPassed(),
                figure.sentence());
    }

    private void end() {
        scores.close();
        tally = null;
        wasOver = false;
        reportedTenth = -1;
    }

    private void log(String message) {
        if (!message.equals(logged)) {
            LOG.info("Detector {}: {}", config.detector(), message);
        }
        logged = message;
    }
}
