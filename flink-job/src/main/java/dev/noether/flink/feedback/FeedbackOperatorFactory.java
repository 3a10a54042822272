package dev.noether.flink.feedback;

import dev.noether.flink.config.DetectorConfig;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * Makes an operator that gets new feedback as {@link FeedbackNews} from a coordinator in the job manager.
 *
 * @param <IN> type of the operator's input
 * @param <OUT> type of its output
 */
public final class FeedbackOperatorFactory<IN, OUT> extends SimpleOperatorFactory<OUT>
        implements OneInputStreamOperatorFactory<IN, OUT>, CoordinatedOperatorFactory<OUT> {
    private static final long serialVersionUID = 1L;

    private final DetectorConfig config;

    private <O extends OneInputStreamOperator<IN, OUT> & OperatorEventHandler> FeedbackOperatorFactory(
            O operator, DetectorConfig config) {
        super(operator);
        this.config = config;
    }

    /**
     * Creates a factory.
     *
     * @param operator the operator, which handles {@link FeedbackNews}
     * @param config configuration of the detector
     */
    public static <IN, OUT, O extends OneInputStreamOperator<IN, OUT> & OperatorEventHandler>
            FeedbackOperatorFactory<IN, OUT> of(O operator, DetectorConfig config) {
        return new FeedbackOperatorFactory<>(operator, config);
    }

    @Override
    public <T extends StreamOperator<OUT>> T createStreamOperator(StreamOperatorParameters<OUT> parameters) {
        T operator = super.createStreamOperator(parameters);
        parameters
                .getOperatorEventDispatcher()
                .registerEventHandler(parameters.getStreamConfig().getOperatorID(), (OperatorEventHandler) operator);
        return operator;
    }

    @Override
    public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
        return new FeedbackCoordinator.Provider(config, operator);
    }
}
