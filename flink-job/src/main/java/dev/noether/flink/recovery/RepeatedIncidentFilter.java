package dev.noether.flink.recovery;

import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Drops the incident records that the topic contained before a recovery. Without a recovery it passes each record on.
 * Parallelism 1. Counts the dropped records in {@code noether.repeated}.
 *
 * <p>An incident is forgotten when event time has passed its newest record by {@code slack}. If the job started with
 * empty state and has not opened the incident again by then, it does not know it: the filter writes that it is
 * resolved.
 */
// Flink calls initializeState, which sets the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
final class RepeatedIncidentFilter extends AbstractStreamOperator<Incident>
        implements OneInputStreamOperator<Incident, Incident> {
    private static final long serialVersionUID = 1L;
    private static final int INITIAL_BYTES = 1024;

    private final KnownIncidents planned;
    private final long slack;

    private transient ListState<byte[]> state;
    private transient Map<String, IncidentProgress> known;
    private transient Set<String> opened;
    private transient boolean isFreshStart;
    private transient Counter repeated;

    /**
     * Makes a filter.
     *
     * @param planned incidents of the topic before this start; if there are none, those in the restored state count
     * @param slack longest delay of a record behind event time, milliseconds
     */
    RepeatedIncidentFilter(KnownIncidents planned, long slack) {
        this.planned = planned;
        this.slack = slack;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("repeated", BytePrimitiveArraySerializer.INSTANCE));
        known = new HashMap<>(planned.byId());
        isFreshStart = planned.isFreshStart();
        opened = new HashSet<>();
        for (byte[] bytes : state.get()) {
            DataInputDeserializer source = new DataInputDeserializer(bytes);
            KnownIncidents stored = KnownIncidents.read(source);
            if (planned.byId().isEmpty()) {
                known.putAll(stored.byId());
                isFreshStart = stored.isFreshStart();
            }
            for (int rest = source.readInt(); rest > 0; rest--) {
                opened.add(source.readUTF());
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        repeated = getMetricGroup().addGroup("noether").counter("repeated");
    }

    @Override
    public void processElement(StreamRecord<Incident> element) {
        if (!known.isEmpty() && isRepeated(element.getValue())) {
            repeated.inc();
        } else {
            output.collect(element);
        }
    }

    private boolean isRepeated(Incident incident) {
        IncidentProgress progress = known.get(incident.id());
        if (progress == null) {
            return false;
        }
        opened.add(incident.id());
        if (progress.isResolved() || incident.state() == IncidentState.OPENED) {
            return true;
        }
        if (incident.state() == IncidentState.RESOLVED) {
            known.put(incident.id(), new IncidentProgress(incident.time(), null));
            return false;
        }
        return incident.time() <= progress.time();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        Iterator<Map.Entry<String, IncidentProgress>> incidents =
                known.entrySet().iterator();
        while (incidents.hasNext()) {
            Map.Entry<String, IncidentProgress> incident = incidents.next();
            IncidentProgress progress = incident.getValue();
            if (progress.time() + slack < mark.getTimestamp()) {
                if (isFreshStart && !progress.isResolved() && !opened.contains(incident.getKey())) {
                    resolve(progress, mark.getTimestamp());
                }
                incidents.remove();
            }
        }
        super.processWatermark(mark);
    }

    private void resolve(IncidentProgress progress, long now) throws MalformedRecordException {
        byte[] last = progress.last();
        if (last != null) {
            Incident incident = OutputCodec.incidents().decode(last);
            long time = now == Long.MAX_VALUE ? progress.time() : now;
            LOG.info("The incident {} was open before the recovery and is not found again; it is resolved.", incident);
            output.collect(new StreamRecord<>(
                    incident.withState(IncidentState.RESOLVED).withTime(time), time));
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.clear();
        if (known.isEmpty()) {
            opened.clear();
            return;
        }
        DataOutputSerializer target = new DataOutputSerializer(INITIAL_BYTES);
        new KnownIncidents(known, isFreshStart).write(target);
        target.writeInt(opened.size());
        for (String id : opened) {
            target.writeUTF(id);
        }
        state.add(target.getCopyOfBuffer());
    }
}
