export const charts = {
  dataTable: 'Data table',
  time: 'Time',
}
