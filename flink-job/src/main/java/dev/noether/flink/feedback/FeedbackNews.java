package dev.noether.flink.feedback;

import dev.noether.schemas.FeedbackCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/** New records of the topic, from the coordinator to the subtasks. */
public final class FeedbackNews implements OperatorEvent {
    private static final long serialVersionUID = 1L;

    private final long[] offsets;
    private final byte[][] records;

    /** Records in the order of the topic. */
    private FeedbackNews(long[] offsets, byte[][] records) {
        this.offsets = offsets;
        this.records = records;
    }

    /** A record of the topic. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RawFeedback(long offset, byte[] bytes) {}

    /** Splits records into events that are small enough for Flink's remote calls. */
    static List<FeedbackNews> of(List<RawFeedback> records, int mostBytes) {
        List<FeedbackNews> news = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            int size = records.get(i).bytes().length;
            if (i > from && bytes + size > mostBytes) {
                news.add(of(records.subList(from, i)));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        if (from < records.size()) {
            news.add(of(records.subList(from, records.size())));
        }
        return news;
    }

    private static FeedbackNews of(List<RawFeedback> records) {
        return new FeedbackNews(
                records.stream().mapToLong(RawFeedback::offset).toArray(),
                records.stream().map(RawFeedback::bytes).toArray(byte[][]::new));
    }

    /** Visits the judgements of a detector. */
    public void forEach(String detector, Consumer<PlacedFeedback> visitor) {
        FeedbackCodec codec = new FeedbackCodec();
        for (int i = 0; i < offsets.length; i++) {
            PlacedFeedback placed = FeedbackTopic.decode(codec, offsets[i], records[i], detector);
            if (placed != null) {
                visitor.accept(placed);
            }
        }
    }

    @Override
    public String toString() {
        return offsets.length + " records of feedback";
    }
}
