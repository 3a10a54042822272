package dev.noether.flink.incident;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.incident.tracker.IncidentKind;
import dev.noether.incident.tracker.IncidentReport;
import dev.noether.incident.tracker.IncidentState;
import dev.noether.incident.tracker.OutbreakGrouper;
import dev.noether.incident.tracker.StallWatch;
import dev.noether.schemas.Incident;
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
 * Sees the incidents of all entities, one instance for the detector: finds outbreaks and stalls, and makes the records of the
 * incidents topic. Only what is said of incidents comes here, so one is enough.
 *
 * <p>Its state is one array of bytes: those that are held back, the open groups, the stall.
 */
// Flink makes the transient fields in initializeState, before any other call.
@SuppressWarnings("NullAway.Init")
public final class IncidentGroupOperator extends AbstractStreamOperator<Incident>
        implements OneInputStreamOperator<IncidentSignal, Incident> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BYTES = 1024;

    private final IncidentSettings settings;

    private transient ListState<byte[]> state;
    private transient OutbreakGrouper grouper;
    private transient StallWatch stalls;
    private transient boolean flushArmed;
    private transient Counter groups;

    /** Makes the operator. */
    public IncidentGroupOperator(IncidentSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        grouper = new OutbreakGrouper(settings.groups(), this::say);
        stalls = new StallWatch(settings.config().detector(), this::say);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("incidents", BytePrimitiveArraySerializer.INSTANCE));
        for (byte[] bytes : state.get()) {
            DataInputDeserializer source = new DataInputDeserializer(bytes);
            grouper.read(source);
            stalls.read(source);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = getMetricGroup().addGroup("noether");
        groups = group.counter("groups");
        group.gauge("groupsOpen", () -> grouper.openGroups());
        group.gauge("incidentsHeldBack", () -> grouper.heldBack());
        group.gauge("stalled", () -> stalls.isOpen() ? 1 : 0);
        armFlush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        grouper.write(target);
        stalls.write(target);
        state.clear();
        state.add(target.getCopyOfBuffer());
    }

    @Override
    public void processElement(StreamRecord<IncidentSignal> element) {
        IncidentSignal signal = element.getValue();
        IncidentReport report = signal.report();
        if (report == null) {
            stalls.accept(signal.subtask(), signal.subtasks(), signal.isStalled(), signal.newest());
        } else {
            grouper.accept(report);
            armFlush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        grouper.advance(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /**
     * When event time stands still, nothing may be held back for ever: what waits now passes on when event time should long
     * have moved.
     */
    private void armFlush() {
        if (flushArmed || grouper.heldBack() == 0) {
            return;
        }
        flushArmed = true;
        DetectorConfig config = settings.config();
        long interval = config.incidents().groupInterval().toMillis();
        long patience = 2 * interval
                + config.entities().disorder().toMillis()
                + config.entities().idleness().toMillis();
        long upTo = grouper.newestHeldBack() + interval + 1;
        long time = getProcessingTimeService().getCurrentProcessingTime() + patience;
        getProcessingTimeService().registerTimer(time, fired -> flush(upTo));
    }

    private void flush(long upTo) {
        flushArmed = false;
        grouper.advance(upTo);
        armFlush();
    }

    private void say(IncidentReport report) {
        if (report.kind() == IncidentKind.GROUP && report.state() == IncidentState.OPENED) {
            groups.inc();
        }
        Incident incident = IncidentRecords.incident(settings.config().detector(), report);
        output.collect(new StreamRecord<>(incident, report.time()));
    }
}
