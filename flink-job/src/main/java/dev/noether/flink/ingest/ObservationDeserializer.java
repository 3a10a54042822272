package dev.noether.flink.ingest;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.source.registry.SourceUnavailableException;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns each Kafka record into a row, or into a rejected record, by the source that the detector file describes. It
 * never throws for bad data: no record that anybody can send restarts the job. All that reads observations reads them
 * with this class.
 *
 * <p>Checks the length, the encoding, the entity, the event time and the features, in this order. The first error is
 * the reason of the rejection. Not thread safe.
 */
public final class ObservationDeserializer implements KafkaRecordDeserializationSchema<IngestResult> {
    private static final long serialVersionUID = 1L;

    /** How long a record waits for a schema registry in a job: as long as it takes. */
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final DetectorConfig config;
    private final ObservationLimits limits;
    private final FeatureReader features;
    private final RejectedRecordWriter rejections;
    private final Duration patience;

    private transient @Nullable NumberCounters notNumbers;
    private transient @Nullable RowReader reader;

    /** Makes a deserializer for a job. If the source needs a schema registry that is away, a record waits for it. */
    public ObservationDeserializer(DetectorConfig config) {
        this(config, JobClock.SYSTEM, FOR_EVER);
    }

    /** Makes a deserializer that judges event times by a given clock. */
    ObservationDeserializer(DetectorConfig config, JobClock clock) {
        this(config, clock, FOR_EVER);
    }

    private ObservationDeserializer(DetectorConfig config, JobClock clock, Duration patience) {
        this.config = config;
        this.patience = patience;
        limits = new ObservationLimits(
                config.output().observationMaxBytes(), EventTimeLimits.of(config.entities()), clock);
        features = new FeatureReader(
                config.features(), config.entities().missing(config.features().names()));
        rejections = new RejectedRecordWriter(config.output().rejectedMaxBytes());
    }

    /**
     * Makes a deserializer for a command, behind which somebody waits.
     *
     * @param patience how long a record waits for a schema registry; then {@link SourceUnavailableException} says why
     */
    public static ObservationDeserializer waiting(DetectorConfig config, Duration patience) {
        return new ObservationDeserializer(config, JobClock.SYSTEM, patience);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        MetricGroup group = context.getMetricGroup().addGroup("noether");
        group.gauge("sourceProblem", this::problem);
        group.gauge("sourceWaiting", () -> problem().isEmpty() ? 0 : 1);
        if (!config.source().isNoether()) {
            notNumbers = NumberCounters.of(config.features(), group);
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<IngestResult> out) {
        out.collect(ingest(record));
    }

    @Override
    public TypeInformation<IngestResult> getProducedType() {
        return WireTypes.INGEST_RESULT;
    }

    /**
     * Reads one record.
     *
     * @throws SourceUnavailableException if nobody can say now whether the record is good
     */
    public IngestResult ingest(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader().row(record);
        } catch (MalformedRecordException e) {
            return rejections.write(record, e.reason(), String.valueOf(e.getMessage()));
        } catch (SourceUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // No such record is known. If there is one, it must not stop the stream for ever.
            return rejections.write(record, RejectionReason.OTHER, "decoding failed: " + e);
        }
    }

    /**
     * Returns whose observation of which time a record is, also if the record is rejected for something else; null if
     * the record does not say it.
     *
     * @throws SourceUnavailableException if nobody can say now
     */
    public @Nullable ObservationIdentity identity(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader().identity(record);
        } catch (SourceUnavailableException e) {
            throw e;
        } catch (MalformedRecordException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Reports the values of a record, also if the record is rejected for something else.
     *
     * @return whether the bytes are a record of the format
     * @throws SourceUnavailableException if nobody can say now
     */
    public boolean report(ConsumerRecord<byte[], byte[]> record, ValueReceiver receiver) {
        try {
            reader().report(record, receiver);
            return true;
        } catch (SourceUnavailableException e) {
            throw e;
        } catch (MalformedRecordException | RuntimeException e) {
            return false;
        }
    }

    /** Why records wait now, in one line; empty if none does. For any thread. */
    private String problem() {
        RowReader current = reader;
        return current == null ? "" : current.problem();
    }

    private RowReader reader() {
        RowReader current = reader;
        if (current == null) {
            current =
                    config.source().isNoether() ? new NoetherRowReader(config.features(), limits, features) : mapped();
            reader = current;
        }
        return current;
    }

    private RowReader mapped() {
        NumberCounters counters = notNumbers == null ? NumberCounters.unseen(config.features()) : notNumbers;
        return new MappedRowReader(config, limits, counters, patience);
    }
}
