package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.IncidentBatch;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.TopicRole;
import dev.noether.schemas.Incident;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores incidents. Not thread safe. */
final class IncidentSink extends RecordSink {
    private final String detector;
    private final FollowListener listener;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final OutputCodec<Incident> codec = OutputCodec.incidents();
    private List<String> changed = List.of();

    IncidentSink(ConsoleStore store, String detector, FollowListener listener) {
        super(store, TopicRole.INCIDENTS);
        this.detector = detector;
        this.listener = listener;
    }

    @Override
    void write(StoreConnection connection, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        IncidentBatch batch = new IncidentBatch(connection);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                Incident incident = codec.decode(record.value());
                if (incident.identity().detector().equals(detector)) {
                    batch.add(incident, record.partition(), record.offset());
                }
            } catch (MalformedRecordException e) {
                unreadable.skip(record, e);
            }
        }
        batch.finish(TopicRole.INCIDENTS);
        changed = batch.changed();
    }

    @Override
    void written() {
        if (changed.size() > MOST_NEWS) {
            listener.muchChanged();
        } else if (!changed.isEmpty()) {
            listener.incidentsChanged(changed);
        }
    }
}
