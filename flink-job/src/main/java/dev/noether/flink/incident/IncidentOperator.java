package dev.noether.flink.incident;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.entity.EntityLimit;
import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.rule.RuleBook;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.incident.tracker.IncidentTracker;
import dev.noether.schemas.Incident;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.StateInitializationContext;
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
 * <p>The operator follows at most as many entities as {@link EntityLimit} allows, like the scoring operator.
 */
// Flink calls initializeState and open, which set the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class IncidentOperator extends AbstractStreamOperator<Score>
        implements OneInputStreamOperator<Score, Score> {
    /** The side output of incident reports and flow states. */
    public static final OutputTag<IncidentSignal> SIGNALS =
            new OutputTag<>("incident-signals", IncidentSignalSerializer.TYPE);

    private static final long serialVersionUID = 1L;

    private final IncidentSettings settings;

    private transient ValueState<EntityTrack> tracks;
    private transient TrackedEntities entities;
    private transient IncidentTracker tracker;
    private transient RuleBook rules;
    private transient FlowMonitor flow;
    private transient FeatureMonitor features;
    private transient IncidentMetrics incidentMetrics;

    /** Makes the operator. */
    public IncidentOperator(IncidentSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        tracks = context.getKeyedStateStore().getState(TrackedEntities.descriptor());
    }

    @Override
    public void open() throws Exception {
        super.open();
        DetectorConfig config = settings.config();
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtasks = task.getNumberOfParallelSubtasks();
        rules = settings.rules();
        tracker = new IncidentTracker(settings.tracker(), rules.calendar()::maintenance, this::report);
        incidentMetrics = new IncidentMetrics(getMetricGroup(), tracker);
        entities = new TrackedEntities(
                getKeyedStateBackend(),
                tracks,
                tracker,
                EntityLimit.ofSubtask(config.entities().max(), subtasks));
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
    }

    @Override
    public void processElement(StreamRecord<Score> element) throws Exception {
        Score score = element.getValue();
        String entity = score.entity();
        flow.scoreReceived(score.eventTime());
        features.scoreReceived(score);
        EntityTrack track = entities.findOrAdd(entity);
        tracker.observe(track, entity, score.eventTime());
        if (score.verdict() == Verdict.ANOMALOUS) {
            addAnomaly(track, score, element);
        } else if (!score.stuck().isEmpty()) {
            String maintenance = rules.calendar().maintenance(entity, score.eventTime());
            tracker.addEvidence(track, entity, ScoreEvidence.ofStuckFeatures(score, maintenance));
        }
        entities.store(track, entity);
        output.collect(element);
        incidentMetrics.countEvictedEntities(entities.evictExcess());
    }

    private void addAnomaly(EntityTrack track, Score score, StreamRecord<Score> element) {
        List<FeatureEvidence> features = ScoreEvidence.features(score);
        String reason = rules.suppression(score.entity(), score.eventTime(), features);
        if (reason != null) {
            incidentMetrics.countSuppressedScore();
            element.replace(score.suppressedBy(reason));
        }
        tracker.addEvidence(track, score.entity(), ScoreEvidence.ofAnomaly(score, features, reason));
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
