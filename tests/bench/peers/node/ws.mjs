// `ws` with its documented speed-ups: no compression, bufferutil installed, no UTF-8 validation, the broadcast of its README.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({
  port: Number(process.argv[2]),
  host: "127.0.0.1",
  backlog: 4096,
  clientTracking: true,
  perMessageDeflate: false,
  skipUTF8Validation: true,
});
server.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => {
    for (const client of server.clients) client.send(data, { binary: isBinary });
  });
  socket.send("hi");
});
server.on("listening", () => console.log("listening"));
