package dev.noether.flink.assembly;

import dev.noether.flink.entity.EntityLimit;
import dev.noether.flink.wire.MetricBatch;
import dev.noether.flink.wire.ObservationRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Flink operator that makes one row of the values of each entity and interval. Its input is keyed by entity; the time
 * of a row is the start of its interval.
 *
 * <p>An interval is closed when the watermark has passed its end by {@code source.disorder}. If no watermark comes, it is
 * closed by the clock, after {@code source.longestWait}: when all partitions that have values of its entity have passed it
 * themselves, or when nothing at all has come for so long. A value is late if its interval is closed, or if its own partition had passed
 * the end of the interval by {@code source.disorder} before it. The second rule depends on the order of the records alone, so a
 * replay drops the same values.
 *
 * <p>The intervals of an entity are closed in their order, each once: the state knows up to which all are closed. With
 * Flink's heap backend a value allocates nothing, unless it is the first one of its interval or series.
 */
// Flink sets the transient fields in initializeState and open, before any other call.
@SuppressWarnings("NullAway.Init")
public final class RowAssemblyOperator extends AbstractStreamOperator<ObservationRow>
        implements OneInputStreamOperator<MetricBatch, ObservationRow>, Triggerable<String, VoidNamespace> {
    /** Partition and offset of a row that is in no topic yet. */
    public static final int NOWHERE = -1;

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RowAssemblyOperator.class);

    /** A partition that goes on for so many intervals without a value of an entity is no longer one of it. */
    private static final long MOST_GAPS = 16;

    private static final long MILLIS_OF_SECOND = 1_000;
    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(10).toMillis();

    private final AssemblyOptions options;

    private transient ValueStateDescriptor<EntityRows> descriptor;
    private transient ValueState<EntityRows> state;
    private transient ListState<Long> evictedState;
    private transient boolean isRestored;

    private transient boolean isHeap;
    private transient long interval;
    private transient long disorder;
    private transient long longestWait;
    private transient AssemblyShape shape;
    private transient RowMaker maker;
    private transient OpenRows open;
    private transient EntityLimit<EntityRows> limit;
    private transient AssemblyMetrics metrics;
    private transient InternalTimerService<VoidNamespace> timers;

    /** Time before which an entity without state may have had rows, milliseconds. */
    private transient long evictedUntil;
    /** Time of the clock at which a value or a watermark came last. */
    private transient long lastProgress;

    private transient long lastWatermark;
    /** Time of the clock at which the last row was made, or the start; the metrics read it in another thread. */
    private transient volatile long lastRow;

    private transient PartitionTimes partitions;
    private transient long nextWarning;

    /** Makes the operator. */
    public RowAssemblyOperator(AssemblyOptions options) {
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        descriptor = new ValueStateDescriptor<>("entity-rows", EntityRowsSerializer.INSTANCE);
        state = context.getKeyedStateStore().getState(descriptor);
        evictedState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("evicted-until", LongSerializer.INSTANCE));
        evictedUntil = EntityRows.NEVER;
        for (long one : evictedState.get()) {
            evictedUntil = Math.max(evictedUntil, one);
        }
        isRestored = context.isRestored();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        evictedState.update(List.of(evictedUntil));
    }

    @Override
    public void open() throws Exception {
        super.open();
        interval = options.interval().toMillis();
        disorder = options.disorder().toMillis();
        longestWait = options.longestWait().toMillis();
        shape = options.shape();
        maker = new RowMaker(options.rules(), interval);
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        isHeap = backend instanceof HeapKeyedStateBackend;
        int most = EntityLimit.ofSubtask(
                options.maxEntities(), getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        open = new OpenRows(shape.features(), most);
        limit = new EntityLimit<>(backend, descriptor, EntityRows::newest, most);
        metrics = AssemblyMetrics.of(
                getMetricGroup(),
                () -> open.count(),
                () -> limit.entities(),
                () -> (now() - lastRow) / MILLIS_OF_SECOND,
                options.interval().toSeconds());
        timers = getInternalTimerService("intervals", VoidNamespaceSerializer.INSTANCE, this);
        lastProgress = now();
        lastRow = lastProgress;
        lastWatermark = EntityRows.NEVER;
        partitions = new PartitionTimes(lastProgress);
        if (isRestored) {
            limit.restored();
            backend.applyToAllKeys(
                    VoidNamespace.INSTANCE,
                    VoidNamespaceSerializer.INSTANCE,
                    descriptor,
                    (entity, one) -> open.count(one.value().size()));
            makeRoom();
        }
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    @Override
    public void processElement(StreamRecord<MetricBatch> element) throws Exception {
        MetricBatch batch = element.getValue();
        long now = now();
        lastProgress = now;
        EntityRows rows = stateOf();
        if (rows == null) {
            rows = new EntityRows(shape);
            limit.added();
            state.update(rows);
        }
        partitions.see(batch.partition(), batch.reached(), now);
        rows.partitions().see(batch.partition(), batch.reached());
        for (int i = 0; i < batch.size(); i++) {
            add(batch, i, rows, now);
        }
        writeBack(rows);
        makeRoom();
    }

    /** Returns the state of the current key; null if it has none. State of another configuration is replaced. */
    private @Nullable EntityRows stateOf() throws IOException {
        EntityRows stored = state.value();
        if (stored == null || stored.shape().equals(shape)) {
            return stored;
        }
        open.count(-stored.size());
        EntityRows created = new EntityRows(shape);
        if (stored.closedUpTo() != EntityRows.NEVER) {
            long closedUntil = (stored.closedUpTo() + 1) * stored.shape().intervalMillis();
            created.closeUpTo(Math.floorDiv(closedUntil - 1, interval));
        }
        state.update(created);
        return created;
    }

    /** Flink's heap backend returns the object that it stores; others store bytes. */
    private void writeBack(EntityRows rows) throws IOException {
        if (!isHeap) {
            state.update(rows);
        }
    }

    private void add(MetricBatch batch, int at, EntityRows rows, long now) {
        long time = batch.time(at);
        long number = Math.floorDiv(time, interval);
        rows.see(time);
        if (number <= rows.closedUpTo() || closeTime(number) <= batch.reached() || isEvicted(number, rows)) {
            metrics.metricsLate().inc();
            return;
        }
        OpenRow row = rows.find(number);
        if (row == null) {
            row = open(rows, number, now);
            if (row == null) {
                metrics.metricsLate().inc();
                return;
            }
        }
        if (!maker.add(row, batch.feature(at), batch.isIncrease(at), batch.series(at), time, batch.value(at))) {
            metrics.metricsDropped().inc();
            warnOfDrop(number, now);
        }
    }

    private void warnOfDrop(long number, long now) {
        if (now >= nextWarning) {
            nextWarning = now + BETWEEN_WARNINGS;
            LOG.warn(
                    "The import of detector {} leaves out values of the entity {} in the interval from {}: it has more than "
                            + "{} series, or more than {} readings of counters. Take fewer series into its features "
                            + "(`labels` in `source.metrics`), or make `source.interval` shorter. The metric metricsDropped "
                            + "counts these values.",
                    options.detector(),
                    getCurrentKey(),
                    Instant.ofEpochMilli(number * interval),
                    SeriesSamples.MOST_SERIES,
                    SeriesSamples.MOST_READINGS_OF_ALL);
        }
    }

    private boolean isEvicted(long number, EntityRows rows) {
        return rows.closedUpTo() == EntityRows.NEVER && number * interval < evictedUntil;
    }

    /** Time at which the watermark closes an interval. */
    private long closeTime(long number) {
        return (number + 1) * interval + disorder;
    }

    /** Opens an interval; null if it is older than those that had to be closed for it. */
    private @Nullable OpenRow open(EntityRows rows, long number, long now) {
        while (open.isFullFor(rows)) {
            metrics.intervalsEvicted().inc();
            closeFirst(rows);
        }
        if (number <= rows.closedUpTo()) {
            return null;
        }
        OpenRow row = open.open(number, now);
        rows.add(row);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, closeTime(number) - 1);
        if (rows.timer() == EntityRows.NEVER) {
            look(rows, now + longestWait);
        }
        return row;
    }

    private void look(EntityRows rows, long time) {
        rows.setTimer(time);
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() > lastWatermark) {
            lastWatermark = mark.getTimestamp();
            lastProgress = now();
        }
        super.processWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        EntityRows rows = stateOf();
        if (rows == null) {
            return;
        }
        while (rows.size() > 0 && closeTime(rows.first().interval()) - 1 <= timer.getTimestamp()) {
            closeFirst(rows);
        }
        writeBack(rows);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        EntityRows rows = stateOf();
        if (rows == null) {
            return;
        }
        rows.setTimer(EntityRows.NEVER);
        long now = now();
        boolean isQuiet = now - lastProgress >= longestWait;
        while (rows.size() > 0 && isOverdue(rows, now) && (isQuiet || isPassed(rows, now))) {
            closeFirst(rows);
        }
        if (rows.size() > 0) {
            look(
                    rows,
                    Math.max(
                            now + 1,
                            (isOverdue(rows, now) ? lastProgress : rows.first().openedAt()) + longestWait));
        }
        writeBack(rows);
    }

    private boolean isOverdue(EntityRows rows, long now) {
        return now - rows.first().openedAt() >= longestWait;
    }

    /** Whether the partitions of the entity have passed its oldest open interval, although others have not. */
    private boolean isPassed(EntityRows rows, long now) {
        long patience = Math.max(longestWait, MOST_GAPS * interval);
        return rows.partitions()
                .havePassed(closeTime(rows.first().interval()), partitions, now - longestWait, patience);
    }

    private void closeFirst(EntityRows rows) {
        OpenRow row = rows.removeFirst();
        long start = row.interval() * interval;
        float[] values = maker.close(row, start, rows.previous());
        open.close(row);
        metrics.seriesEvicted().inc(maker.forgotten());
        int missing = 0;
        for (float value : values) {
            missing += Float.isNaN(value) ? 1 : 0;
        }
        if (isEmpty(row.aggregates(), values)) {
            metrics.rowsEmpty().inc();
            return;
        }
        lastRow = now();
        metrics.rowsAssembled().inc();
        if (missing > 0) {
            metrics.rowsIncomplete().inc();
        }
        output.collect(new StreamRecord<>(
                new ObservationRow((String) getCurrentKey(), start, NOWHERE, NOWHERE, values), start));
    }

    /** A row without a value says nothing; nor does one whose only values are numbers of no values. */
    private static boolean isEmpty(Aggregates aggregates, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (aggregates.count(i) > 0 && !Float.isNaN(values[i])) {
                return false;
            }
        }
        return true;
    }

    private void makeRoom() {
        if (!limit.isExceeded()) {
            return;
        }
        long removed = limit.makeRoom((entity, rows) -> evict(rows));
        metrics.entitiesEvicted().inc(removed);
        LOG.warn(
                "The import of detector {} forgets {} entities: more than `entities.max` have values. Their open intervals "
                        + "are closed.",
                options.detector(),
                removed);
    }

    private void evict(EntityRows rows) {
        if (!rows.shape().equals(shape)) {
            open.count(-rows.size());
            return;
        }
        while (rows.size() > 0) {
            closeFirst(rows);
        }
        if (rows.closedUpTo() != EntityRows.NEVER) {
            evictedUntil = Math.max(evictedUntil, (rows.closedUpTo() + 1) * interval);
        }
    }

    /** The metrics, for tests. */
    AssemblyMetrics metrics() {
        return metrics;
    }

    /** Number of open intervals, for tests. */
    long openIntervals() {
        return open.count();
    }
}
