package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.ModelsBatch;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.TopicRole;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.ModelsRecordCodec;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores the records of the topic of models as they are. Not thread safe. */
final class ModelsSink extends RecordSink {
    private final String detector;
    private final FollowListener listener;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final ModelsRecordCodec codec = new ModelsRecordCodec();
    private boolean hasChanged;

    ModelsSink(ConsoleStore store, String detector, FollowListener listener) {
        super(store, TopicRole.MODELS);
        this.detector = detector;
        this.listener = listener;
    }

    @Override
    void write(StoreConnection connection, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        hasChanged = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                ModelsRecord decoded = codec.decode(record.value());
                if (decoded.detector().equals(detector)) {
                    ModelsBatch.add(
                            connection,
                            record.partition(),
                            record.offset(),
                            record.key(),
                            record.value(),
                            ModelsRecordCodec.time(decoded));
                    hasChanged = true;
                }
            } catch (MalformedRecordException e) {
                unreadable.skip(record, e);
            }
        }
    }

    @Override
    void written() {
        if (hasChanged) {
            listener.modelsChanged();
        }
    }
}
