package dev.noether.flink.incident;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.LatePolicy;
import dev.noether.flink.entity.EntityLimit;
import dev.noether.flink.feedback.FeedbackNews;
import dev.noether.flink.feedback.KnownFeedback;
import dev.noether.flink.feedback.PlacedFeedback;
import dev.noether.incident.evidence.Evidence;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.feedback.FeedbackBook;
import dev.noether.incident.rule.RuleBook;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.incident.tracker.IncidentTracker;
import dev.noether.schemas.Incident;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.Score;
import dev.noether.schemas.UnscoredReason;
import dev.noether.schemas.Verdict;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Follows the scores of each entity, keyed by entity and chained behind the scoring operator. Scores pass through; a
 * score that a rule suppresses gets the rule's reason. Reports of incidents, and whether scores arrive at all, go to
 * the side output {@link #SIGNALS}.
 *
 * <p>A score of a kind that people dismissed is suppressed, too. The judgements are no state of Flink: the operator
 * reads all of them when it starts, before its first score, and gets new ones as {@link FeedbackNews}. Each counts from
 * an event time that it carries, so a replay gives the same scores.
 *
 * <p>The operator follows at most as many entities as {@link EntityLimit} allows, like the scoring operator.
 */
// Flink calls initializeState and open, which set the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class IncidentOperator extends AbstractStreamOperator<Score>
        implements OneInputStreamOperator<Score, Score>, OperatorEventHandler {
    /** The side output of incident reports and flow states. */
    public static final OutputTag<IncidentSignal> SIGNALS =
            new OutputTag<>("incident-signals", IncidentSignalSerializer.TYPE);

    private static final long serialVersionUID = 1L;
    private static final int SOURCE_BYTES = 128;

    private final IncidentSettings settings;
    private final KnownFeedback knownFeedback;

    private transient ValueState<EntityTrack> tracks;
    private transient ListState<byte[]> sources;
    private transient TrackedEntities entities;
    private transient IncidentTracker tracker;
    private transient RuleBook rules;
    private transient FeedbackBook feedback;
    private transient FlowMonitor flow;
    private transient FeatureMonitor features;
    private transient Predicate<String> isGone;
    private transient IncidentMetrics incidentMetrics;

    /**
     * Makes the operator.
     *
     * @param settings the settings
     * @param knownFeedback the judgements that exist when the operator starts
     */
    public IncidentOperator(IncidentSettings settings, KnownFeedback knownFeedback) {
        this.settings = settings;
        this.knownFeedback = knownFeedback;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        tracks = context.getKeyedStateStore().getState(TrackedEntities.descriptor());
        // Each subtask gets the pauses of all: a pause concerns the whole source.
        sources = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("source", BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        DetectorConfig config = settings.config();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtasks = task.getNumberOfParallelSubtasks();
        rules = settings.rules();
        tracker = new IncidentTracker(settings.tracker(), rules.calendar()::maintenance, this::report);
        feedback = new FeedbackBook(config.incidents().dismissalHalfLife().toMillis());
        knownFeedback.records().forEach(this::add);
        incidentMetrics = new IncidentMetrics(getMetricGroup(), tracker, feedback);
        entities = new TrackedEntities(
                getKeyedStateBackend(),
                tracks,
                tracker,
                EntityLimit.ofSubtask(config.entities().max(), subtasks),
                EventTimeLimits.of(config.entities()));
        for (byte[] source : sources.get()) {
            tracker.readSource(new DataInputDeserializer(source));
        }
        entities.restore((entity, track) -> incidentMetrics.addOpenIncidents(track.openIncidents()));
        flow = new FlowMonitor(
                getProcessingTimeService(),
                config.incidents().stallAfter().toMillis(),
                task.getIndexOfThisSubtask(),
                subtasks,
                tracker::newest,
                this::send);
        flow.start();
        features = new FeatureMonitor(
                config.features().names(),
                config.incidents().stallAfter().toMillis(),
                task.getIndexOfThisSubtask(),
                subtasks,
                this::send);
        isGone = feature -> features.isGone(feature, tracker.entities());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        DataOutputSerializer target = new DataOutputSerializer(SOURCE_BYTES);
        tracker.writeSource(target);
        sources.update(List.of(target.getCopyOfBuffer()));
    }

    @Override
    public void processElement(StreamRecord<Score> element) throws Exception {
        Score score = element.getValue();
        String entity = score.entity();
        flow.scoreReceived(score.eventTime());
        EntityTrack track = entities.findOrAdd(entity);
        if (isSetBack(track, score)) {
            tracker.setBack(track, entity, score.eventTime());
            incidentMetrics.countClockReset();
        }
        if (score.verdict() != Verdict.UNSCORED) {
            tracker.observeFeatures(track, entity, score.eventTime(), score.imputed(), isGone);
        }
        tracker.observe(track, entity, score.sourcePartition(), score.eventTime());
        if (score.eventTime() <= tracker.newest()) {
            // A time that only a wrong clock has reached would make features look as if they were missing for long.
            features.scoreReceived(score);
        }
        if (score.verdict() == Verdict.ANOMALOUS) {
            addAnomaly(track, score, element);
        } else if (!score.stuck().isEmpty()) {
            addStuck(track, score);
        }
        entities.store(track, entity);
        output.collect(element);
        incidentMetrics.countEvictedEntities(entities.evictExcess());
    }

    /**
     * The scoring operator has set back the window of the entity, because a row of an earlier time is not late. With
     * {@code latePolicy: score} late rows look the same, so only an impossible time is recognised.
     */
    private boolean isSetBack(EntityTrack track, Score score) {
        DetectorConfig config = settings.config();
        if (score.eventTime() >= track.newest() - config.entities().disorder().toMillis()
                || track.newest() == EntityTrack.NO_SCORE) {
            return false;
        }
        return config.entities().latePolicy() == LatePolicy.MARK
                ? score.unscoredReason() != UnscoredReason.LATE
                : entities.isImpossible(track.newest());
    }

    private void addAnomaly(EntityTrack track, Score score, StreamRecord<Score> element) {
        List<FeatureEvidence> features = ScoreEvidence.features(score);
        String rule = rules.suppression(score.entity(), score.eventTime(), features);
        Evidence evidence = judged(track, score.entity(), ScoreEvidence.ofAnomaly(score, features, rule));
        String reason = evidence.suppressed();
        if (reason != null) {
            incidentMetrics.countSuppressedScore();
            element.replace(score.suppressedBy(reason));
        }
        tracker.addEvidence(track, score.entity(), evidence);
    }

    private void addStuck(EntityTrack track, Score score) {
        String maintenance = rules.calendar().maintenance(score.entity(), score.eventTime());
        Evidence evidence = ScoreEvidence.ofStuckFeatures(score, maintenance);
        tracker.addEvidence(track, score.entity(), judged(track, score.entity(), evidence));
    }

    /** The evidence with the reason for which feedback suppresses it, unless a rule did. */
    private Evidence judged(EntityTrack track, String entity, Evidence evidence) {
        if (evidence.suppressed() != null || !feedback.knows(entity)) {
            return evidence;
        }
        String reason = feedback.suppression(entity, evidence, tracker.causesWith(track, evidence));
        if (reason == null) {
            return evidence;
        }
        incidentMetrics.countDismissedScore();
        return evidence.suppressedBy(reason);
    }

    /** Takes new judgements; between two scores, in the operator's thread. */
    @Override
    public void handleOperatorEvent(OperatorEvent event) {
        if (!(event instanceof FeedbackNews news)) {
            throw new IllegalArgumentException("the operator handles feedback only (got " + event + ")");
        }
        news.forEach(settings.config().detector(), placed -> {
            if (add(placed) && placed.feedback().firstEventTime() <= tracker.newest()) {
                incidentMetrics.countLateFeedback();
            }
        });
    }

    /** Adds a judgement of an entity of this subtask; returns whether it is new. */
    private boolean add(PlacedFeedback placed) {
        JudgedIncident judged = placed.feedback().judged();
        return judged != null && isOwn(judged.entity()) && feedback.add(placed.offset(), placed.feedback());
    }

    private boolean isOwn(String entity) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        entity, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The last watermark of an input that ends is not a time: the end of a replay makes no entity silent.
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            entities.checkDue(mark.getTimestamp());
            features.check();
        }
        super.processWatermark(mark);
    }

    private void report(Incident report) {
        incidentMetrics.countReport(report);
        send(new IncidentSignal.IncidentReport(report));
    }

    private void send(IncidentSignal signal) {
        output.collect(SIGNALS, new StreamRecord<>(signal, signal.eventTime()));
    }

    /** Returns the number of scheduled checks. */
    int scheduledChecks() {
        return entities.deadlines();
    }
}
