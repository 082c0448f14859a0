package dev.segue.rehearsal;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * As much of etcd as Segue asks for, on the loopback, with a few keys of which one changes whenever somebody looks or
 * watches for changes: so there always are some. A program of its own, so that the archive gets nothing of a server.
 */
public final class RestlessStore {
    private static final String HOST = "127.0.0.1";
    private static final char[] PASSWORD = "rehearsal".toCharArray();
    private static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();
    private static final int FIRST_KEYS = 10;

    private final Map<ByteString, KeyValue> entries = new TreeMap<>(ORDER);
    private final List<StreamObserver<WatchResponse>> watches = new ArrayList<>();
    private final Server server;
    private long revision;

    private RestlessStore(Optional<KeyManagerFactory> identity) throws IOException {
        for (int i = 0; i < FIRST_KEYS; i++) {
            putNext();
        }
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(new Keys())
                .addService(new Watches());
        if (identity.isPresent()) {
            builder.sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(identity.get()))
                    .build());
        }
        server = builder.build().start();
    }

    /**
     * Prints the URL of a store, and of one over TLS if it is given a PKCS #12 file with the key of a server, whose password
     * is {@code rehearsal}. Both answer for as long as somebody reads what is printed.
     */
    public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
        Server plain = new RestlessStore(Optional.empty()).server;
        System.out.println("http://" + HOST + ":" + plain.getPort());
        if (args.length > 0) {
            Server secure = new RestlessStore(Optional.of(identity(Path.of(args[0])))).server;
            System.out.println("https://" + HOST + ":" + secure.getPort());
        }
        do {
            System.out.println();
        } while (!System.out.checkError() && !plain.awaitTermination(100, TimeUnit.MILLISECONDS));
    }

    private static KeyManagerFactory identity(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        return keys;
    }

    private KeyValue putNext() {
        revision++;
        long number = revision % FIRST_KEYS;
        KeyValue entry = KeyValue.newBuilder()
                .setKey(ByteString.copyFromUtf8("/app/upstream/server" + number))
                .setValue(ByteString.copyFromUtf8("10.0.0." + number + ":" + (8000 + revision)))
                .setModRevision(revision)
                .build();
        entries.put(entry.getKey(), entry);
        return entry;
    }

    private synchronized void change() {
        KeyValue entry = putNext();
        WatchResponse event = WatchResponse.newBuilder()
                .setHeader(header())
                .addEvents(Event.newBuilder().setType(Event.EventType.PUT).setKv(entry))
                .build();
        watches.forEach(watch -> watch.onNext(event));
    }

    private synchronized RangeResponse look(RangeRequest question) {
        RangeResponse.Builder answer = RangeResponse.newBuilder().setHeader(header());
        List<KeyValue> there = entries.values().stream()
                .filter(entry -> includes(question, entry.getKey()))
                .toList();
        there.stream()
                .filter(entry -> entry.getModRevision() >= question.getMinModRevision())
                .forEach(answer::addKvs);
        return answer.setCount(there.size()).build();
    }

    private static boolean includes(RangeRequest question, ByteString key) {
        return question.getRangeEnd().isEmpty()
                ? key.equals(question.getKey())
                : ORDER.compare(key, question.getKey()) >= 0 && ORDER.compare(key, question.getRangeEnd()) < 0;
    }

    private ResponseHeader header() {
        return ResponseHeader.newBuilder()
                .setClusterId(1)
                .setMemberId(1)
                .setRevision(revision)
                .build();
    }

    private static <T> void answer(StreamObserver<T> asker, T answer) {
        asker.onNext(answer);
        asker.onCompleted();
    }

    private final class Keys extends KVGrpc.KVImplBase {
        @Override
        public void range(RangeRequest question, StreamObserver<RangeResponse> asker) {
            change();
            answer(asker, look(question));
        }

        @Override
        public void txn(TxnRequest question, StreamObserver<TxnResponse> asker) {
            TxnResponse.Builder answer;
            synchronized (RestlessStore.this) {
                answer = TxnResponse.newBuilder().setHeader(header()).setSucceeded(true);
                for (RequestOp operation : question.getSuccessList()) {
                    answer.addResponses(ResponseOp.newBuilder().setResponseRange(look(operation.getRequestRange())));
                }
            }
            answer(asker, answer.build());
        }
    }

    private final class Watches extends WatchGrpc.WatchImplBase {
        @Override
        public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> watch) {
            return new StreamObserver<>() {
                @Override
                public void onNext(WatchRequest request) {
                    if (request.hasCreateRequest()) {
                        synchronized (RestlessStore.this) {
                            watch.onNext(WatchResponse.newBuilder()
                                    .setHeader(header())
                                    .setCreated(true)
                                    .build());
                            watches.add(watch);
                            change();
                        }
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    forget();
                }

                @Override
                public void onCompleted() {
                    forget();
                    watch.onCompleted();
                }

                private void forget() {
                    synchronized (RestlessStore.this) {
                        watches.remove(watch);
                    }
                }
            };
        }
    }
}
