package dev.noether.flink.incident;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.outbreak.OutbreakGrouper;
import dev.noether.incident.silence.MissingFeatures;
import dev.noether.incident.silence.StallDetector;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.IncidentState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sees the incidents of all entities: finds outbreaks, stalls and missing features and emits the records of the incidents topic. One
 * instance serves the whole detector, because it receives only reports of incidents.
 *
 * <p>Its state is one array of bytes with the held incidents, the open groups, the stall and the missing features.
 */
// Flink calls initializeState, which sets the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class IncidentGroupOperator extends AbstractStreamOperator<Incident>
        implements OneInputStreamOperator<IncidentSignal, Incident> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BYTES = 1024;

    private final IncidentSettings settings;

    private transient ListState<byte[]> state;
    private transient OutbreakGrouper grouper;
    private transient StallDetector stallDetector;
    private transient MissingFeatures missingFeatures;
    private transient boolean isReleaseScheduled;
    private transient Counter groups;

    /** Makes the operator. */
    public IncidentGroupOperator(IncidentSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        grouper = new OutbreakGrouper(settings.outbreaks(), this::emit);
        stallDetector = new StallDetector(settings.config().detector(), this::emit);
        missingFeatures = new MissingFeatures(settings.config().detector(), this::emit);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("incidents", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] bytes : state.get()) {
            DataInputDeserializer source = new DataInputDeserializer(bytes);
            grouper.read(source);
            stallDetector.read(source);
            // Version 0.1 ended here.
            if (source.available() > 0) {
                missingFeatures.read(source);
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("noether");
        groups = group.counter("groups");
        group.gauge("groupsOpen", () -> grouper.openGroups());
        group.gauge("incidentsHeldBack", () -> grouper.heldCount());
        group.gauge("featuresMissing", () -> missingFeatures.open());
        group.gauge("stalled", () -> stallDetector.isOpen() ? 1 : 0);
        scheduleRelease();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        grouper.write(target);
        stallDetector.write(target);
        missingFeatures.write(target);
        state.clear();
        state.add(target.getCopyOfBuffer());
    }

    @Override
    public void processElement(StreamRecord<IncidentSignal> element) {
        IncidentSignal signal = element.getValue();
        if (signal instanceof IncidentSignal.IncidentReport report) {
            grouper.accept(report.incident());
            scheduleRelease();
        } else if (signal instanceof IncidentSignal.FlowState flow) {
            stallDetector.accept(flow.subtask(), flow.subtasks(), flow.isStalled(), flow.newest());
        } else if (signal instanceof IncidentSignal.FeatureState feature) {
            missingFeatures.accept(
                    feature.subtask(),
                    feature.subtasks(),
                    stallDetector::isStalled,
                    feature.feature(),
                    feature.isMissing(),
                    feature.eventTime());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        grouper.advance(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /**
     * Schedules the release of the held incidents in processing time. Otherwise they would be held for ever while event
     * time does not advance. By the scheduled time the watermark would normally have released them.
     */
    private void scheduleRelease() {
        if (isReleaseScheduled || grouper.heldCount() == 0) {
            return;
        }
        isReleaseScheduled = true;
        DetectorConfig config = settings.config();
        long interval = config.incidents().groupInterval().toMillis();
        long delay = 2 * interval
                + config.entities().disorder().toMillis()
                + config.entities().idleness().toMillis();
        long upTo = grouper.newestHeldOnset() + interval + 1;
        long time = getProcessingTimeService().getCurrentProcessingTime() + delay;
        getProcessingTimeService().registerTimer(time, fired -> release(upTo));
    }

    private void release(long upTo) {
        isReleaseScheduled = false;
        grouper.advance(upTo);
        scheduleRelease();
    }

    private void emit(Incident incident) {
        if (incident.kind() == IncidentKind.GROUP && incident.state() == IncidentState.OPENED) {
            groups.inc();
        }
        output.collect(new StreamRecord<>(incident, incident.time()));
    }
}
