package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.FeedbackEvent;
import dev.noether.console.store.IncidentBatch;
import dev.noether.console.store.StoreConnection;
import dev.noether.console.store.TopicRole;
import dev.noether.schemas.Feedback;
import dev.noether.schemas.FeedbackCodec;
import dev.noether.schemas.JudgedIncident;
import dev.noether.schemas.MalformedRecordException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Stores what people say of incidents. Not thread safe. */
final class FeedbackSink extends RecordSink {
    private final String detector;
    private final FollowListener listener;
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final FeedbackCodec codec = new FeedbackCodec();
    private final List<FeedbackEvent> events = new ArrayList<>();
    private List<String> changed = List.of();

    FeedbackSink(ConsoleStore store, String detector, FollowListener listener) {
        super(store, TopicRole.FEEDBACK);
        this.detector = detector;
        this.listener = listener;
    }

    @Override
    void write(StoreConnection connection, List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        events.clear();
        IncidentBatch batch = new IncidentBatch(connection);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                Feedback feedback = codec.decode(record.value());
                JudgedIncident judged = feedback.judged();
                if (judged != null && judged.identity().detector().equals(detector)) {
                    FeedbackEvent event = new FeedbackEvent(
                            feedback.incident(),
                            feedback.verdict(),
                            feedback.time(),
                            feedback.author(),
                            feedback.comment());
                    batch.addFeedback(event, record.partition(), record.offset());
                    events.add(event);
                }
            } catch (MalformedRecordException e) {
                unreadable.skip(record, e);
            }
        }
        batch.finish(TopicRole.FEEDBACK);
        changed = batch.changed();
    }

    @Override
    void written() {
        if (events.size() > MOST_NEWS) {
            listener.muchChanged();
        } else if (!events.isEmpty()) {
            events.forEach(listener::judged);
            listener.incidentsChanged(changed);
        }
    }
}
