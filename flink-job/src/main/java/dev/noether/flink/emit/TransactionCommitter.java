package dev.noether.flink.emit;

import dev.noether.flink.emit.LostTransactionHandler.LostTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.jspecify.annotations.Nullable;

/**
 * Commits transactions with Flink's committer. A transaction that no further try can commit does not stop the job: it
 * is counted in the metric {@code noether.failedCommittables} and told to a {@link LostTransactionHandler}. Flink's own
 * committer would restart the job for ever if the broker has forgotten the transactional id, although the transaction
 * may have been committed long ago. Other failures restart the job. Not thread safe.
 */
final class TransactionCommitter implements Committer<KafkaCommittable> {
    private final Committer<KafkaCommittable> committer;
    private final String sink;
    private final LostTransactionHandler lost;
    private final long restoredCheckpoint;
    private final Counter failures;

    private boolean isFirst = true;

    TransactionCommitter(
            Committer<KafkaCommittable> committer,
            String sink,
            LostTransactionHandler lost,
            CommitterInitContext context) {
        this.committer = committer;
        this.sink = sink;
        this.lost = lost;
        restoredCheckpoint = context.getRestoredCheckpointId().orElse(-1);
        failures = context.metricGroup().addGroup("noether").counter("failedCommittables");
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> watched = new ArrayList<>(requests.size());
        boolean areAllGood = true;
        for (CommitRequest<KafkaCommittable> request : requests) {
            watched.add(new WatchedRequest(request));
        }
        committer.commit(watched);
        for (CommitRequest<KafkaCommittable> request : watched) {
            areAllGood &= !((WatchedRequest) request).isLost;
        }
        isFirst &= !areAllGood || requests.isEmpty();
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    /** Returns the answer that makes every further try useless; null if there is none. */
    static @Nullable Throwable finalAnswer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidPidMappingException
                    || cause instanceof InvalidProducerEpochException
                    || cause instanceof InvalidTxnStateException
                    || cause instanceof ProducerFencedException
                    || cause instanceof TransactionalIdNotFoundException
                    || cause instanceof UnknownProducerIdException) {
                return cause;
            }
        }
        return null;
    }

    private void handle(KafkaCommittable committable, Throwable answer) {
        String reason = answer.getClass().getSimpleName() + ": " + answer.getMessage();
        if (lost.handle(
                new LostTransaction(sink, committable.getTransactionalId(), reason, restoredCheckpoint, isFirst))) {
            failures.inc();
        }
    }

    /** A request that tells a failure before it passes it on. */
    private final class WatchedRequest implements CommitRequest<KafkaCommittable> {
        private final CommitRequest<KafkaCommittable> request;
        private boolean isLost;

        WatchedRequest(CommitRequest<KafkaCommittable> request) {
            this.request = request;
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable failure) {
            Throwable answer = finalAnswer(failure);
            if (answer == null) {
                request.signalFailedWithUnknownReason(failure);
            } else {
                signalFailedWithKnownReason(answer);
            }
        }

        @Override
        public void signalFailedWithKnownReason(Throwable failure) {
            isLost = true;
            handle(request.getCommittable(), failure);
            request.signalFailedWithKnownReason(failure);
        }

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
