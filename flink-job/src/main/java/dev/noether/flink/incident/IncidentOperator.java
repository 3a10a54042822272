package dev.noether.flink.incident;

import dev.noether.flink.entity.EntityLimit;
import dev.noether.incident.rule.RuleBook;
import dev.noether.incident.tracker.AlarmRates;
import dev.noether.incident.tracker.DeadlineWheel;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.incident.tracker.FeatureEvidence;
import dev.noether.incident.tracker.IncidentReport;
import dev.noether.incident.tracker.IncidentState;
import dev.noether.incident.tracker.IncidentTracker;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Follows the scores of each entity, keyed by entity and chained behind the scorer: scores pass through, those that a rule
 * suppresses with the rule's reason; what is said of incidents goes to the side output {@link #SIGNALS}.
 *
 * <p>When an entity is to be looked at though it sends nothing stands in a {@link DeadlineWheel} in memory rather than in
 * Flink's timers, which would cost several times as much as all else here; it is made anew from the entities' states at the
 * start. An entity is in it once, and is put in again when its time comes, not with each score.
 *
 * <p>No more entities are followed than {@link EntityLimit} allows, as in the scorer.
 *
 * <p>One timer in processing time tells when no score comes at all.
 */
// Flink makes the transient fields in initializeState and open, before any other call.
@SuppressWarnings("NullAway.Init")
public final class IncidentOperator extends AbstractStreamOperator<Score>
        implements OneInputStreamOperator<Score, Score> {
    /** Where what is said of incidents goes. */
    public static final OutputTag<IncidentSignal> SIGNALS =
            new OutputTag<>("incident-signals", IncidentSignalSerializer.TYPE);

    private static final long serialVersionUID = 1L;

    private final IncidentSettings settings;

    private transient ValueState<EntityTrack> tracks;
    private transient EntityLimit<EntityTrack> limit;
    /** Whether the backend hands out the objects that it keeps; see the scoring operator. */
    private transient boolean statesAreLive;

    private transient IncidentTracker tracker;
    private transient RuleBook rules;
    private transient DeadlineWheel<String> wheel;
    private transient long now;
    private transient long scores;
    private transient long scoresAtTimer;
    private transient int quietChecks;
    private transient boolean flowing;
    private transient long openIncidents;

    private transient Counter opened;
    private transient Counter resolved;
    private transient Counter suppressed;
    private transient Counter evicted;

    /** Makes the operator. */
    public IncidentOperator(IncidentSettings settings) {
        this.settings = settings;
    }

    private static ValueStateDescriptor<EntityTrack> descriptor() {
        return new ValueStateDescriptor<>("track", EntityTrackSerializer.INSTANCE);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        tracks = context.getKeyedStateStore().getState(descriptor());
    }

    @Override
    public void open() throws Exception {
        super.open();
        rules = settings.rules();
        tracker = new IncidentTracker(settings.tracker(), rules.calendar()::maintenance, this::say);
        wheel = new DeadlineWheel<>();
        statesAreLive = getKeyedStateBackend() instanceof HeapKeyedStateBackend;
        now = Long.MIN_VALUE;
        limit = new EntityLimit<>(
                getKeyedStateBackend(),
                descriptor(),
                EntityTrack::newest,
                EntityLimit.ofSubtask(
                        settings.config().entities().max(),
                        getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()));
        registerMetrics();
        rememberEntities();
        scheduleStallCheck();
    }

    @Override
    public void processElement(StreamRecord<Score> element) throws Exception {
        Score score = element.getValue();
        scores++;
        if (!flowing) {
            flow(score.eventTime());
        }
        String entity = score.entity();
        EntityTrack track = tracks.value();
        boolean isNew = track == null;
        if (track == null) {
            track = new EntityTrack();
            enter(track, entity);
        }
        tracker.seen(track, entity, score.eventTime());
        if (score.verdict() == Verdict.ANOMALOUS) {
            take(track, score, element);
        } else if (!score.stuck().isEmpty()) {
            String reason = rules.calendar().maintenance(entity, score.eventTime());
            tracker.anomalous(track, entity, IncidentRecords.stuck(score, reason));
        }
        boolean armed = tracker.arm(track);
        if (armed) {
            wheel.add(track.armed(), entity);
        }
        if (isNew || !statesAreLive) {
            tracks.update(track);
        }
        output.collect(element);
        if (limit.isExceeded()) {
            makeRoom();
        }
    }

    private void enter(EntityTrack track, String entity) {
        tracker.enter(track, entity);
        limit.added();
    }

    /** Those go that were seen least recently; what is open of them is told to be over. */
    private void makeRoom() throws Exception {
        evicted.inc(limit.makeRoom((entity, track) -> {
            tracker.giveUp(track, entity);
            tracker.leave(track, entity);
        }));
        // Who is gone still stands among the deadlines, perhaps for days.
        if (wheel.size() > 2L * limit.most()) {
            wheel.clear();
            forEach((entity, track) -> wheel.add(track.armed(), entity));
        }
    }

    private void take(EntityTrack track, Score score, StreamRecord<Score> element) {
        List<FeatureEvidence> features = IncidentRecords.features(score);
        String reason = rules.suppression(score.entity(), score.eventTime(), features);
        if (reason != null) {
            suppressed.inc();
            element.replace(score.suppressedBy(reason));
        }
        tracker.anomalous(track, score.entity(), IncidentRecords.evidence(score, features, reason));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The last watermark of an input that ends is no time: nobody is silent because a replay is over.
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            now = mark.getTimestamp();
            wheel.advance(now, this::look);
        }
        super.processWatermark(mark);
    }

    private void look(long due, String entity) {
        setCurrentKey(entity);
        try {
            EntityTrack track = tracks.value();
            if (track == null || track.armed() != due) {
                return;
            }
            tracker.disarm(track);
            tracker.check(track, entity, now);
            if (tracker.isGone(track, entity, now)) {
                tracks.clear();
                tracker.leave(track, entity);
                limit.removed();
                return;
            }
            tracker.arm(track);
            wheel.add(track.armed(), entity);
            if (!statesAreLive) {
                tracks.update(track);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the entities of a checkpoint into the wheel. */
    private void rememberEntities() throws Exception {
        forEach((entity, track) -> {
            enter(track, entity);
            openIncidents += track.incidents();
            tracker.disarm(track);
            tracker.arm(track);
            wheel.add(track.armed(), entity);
        });
    }

    /** Visits all; what is changed of them is kept. */
    private void forEach(BiConsumer<String, EntityTrack> visitor) throws Exception {
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        backend.<VoidNamespace, ValueState<EntityTrack>, EntityTrack>applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor(), (entity, state) -> {
                    EntityTrack track = state.value();
                    visitor.accept(entity, track);
                    state.update(track);
                });
    }

    private void say(IncidentReport report) {
        if (report.state() == IncidentState.OPENED) {
            opened.inc();
            openIncidents++;
        } else if (report.state() == IncidentState.RESOLVED) {
            resolved.inc();
            openIncidents--;
        }
        send(IncidentSignal.of(report));
    }

    private void flow(long newest) {
        flowing = true;
        sendFlow(false, newest);
    }

    private void scheduleStallCheck() {
        long interval = Math.max(1, settings.config().incidents().stallAfter().toMillis() / 2);
        long time = getProcessingTimeService().getCurrentProcessingTime() + interval;
        getProcessingTimeService().registerTimer(time, fired -> checkStall());
    }

    /** Two quiet checks in a row are a stall; it is told at each check, because the one that listens may have restarted. */
    private void checkStall() {
        quietChecks = scores == scoresAtTimer ? quietChecks + 1 : 0;
        scoresAtTimer = scores;
        if (quietChecks >= 2) {
            flowing = false;
            sendFlow(true, tracker.newest());
        }
        scheduleStallCheck();
    }

    private void sendFlow(boolean isStalled, long newest) {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        send(new IncidentSignal(null, subtask, subtasks, isStalled, newest));
    }

    private void send(IncidentSignal signal) {
        output.collect(SIGNALS, new StreamRecord<>(signal, signal.newest()));
    }

    private void registerMetrics() {
        MetricGroup group = getMetricGroup().addGroup("noether");
        opened = group.counter("incidentsOpened");
        resolved = group.counter("incidentsResolved");
        suppressed = group.counter("suppressed");
        evicted = group.counter("entitiesEvicted");
        group.gauge("incidentsOpen", () -> openIncidents);
        group.gauge("entities", () -> tracker.entities());
        AlarmRates rates = tracker.rates();
        group.gauge("entitiesOverTwiceBudget", () -> rates.above(2, tracker.entities(), tracker.newest()));
        group.gauge("entitiesOverTenTimesBudget", () -> rates.above(10, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioMedian", () -> rates.quantile(0.5, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioP99", () -> rates.quantile(0.99, tracker.entities(), tracker.newest()));
        group.gauge("entityAlarmRatioMax", () -> rates.quantile(1, tracker.entities(), tracker.newest()));
        group.gauge("entitiesAlarmingMost", () -> rates.worst(tracker.entities(), tracker.newest()));
    }

    /** How many are looked at some time though they send nothing. */
    int deadlines() {
        return wheel.size();
    }
}
