package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.ScoreBatch;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.TopicRole;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores scores. Not thread safe. */
final class ScoreSink extends RecordSink {
    private final String detector;
    private final RateMeter rates;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final OutputCodec<Score> codec = OutputCodec.scores();

    ScoreSink(ConsoleStore store, String detector, RateMeter rates) {
        super(store, TopicRole.SCORES);
        this.detector = detector;
        this.rates = rates;
    }

    @Override
    void write(StoreConnection connection, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        ScoreBatch batch = new ScoreBatch(connection);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                Score score = codec.decode(record.value());
                if (score.detector().equals(detector)) {
                    batch.add(score, record.partition(), record.offset());
                }
            } catch (MalformedRecordException e) {
                unreadable.skip(record, e);
            }
        }
        batch.finish();
        if (!records.isEmpty()) {
            rates.add(records.size(), batch.anomalous());
        }
    }
}
